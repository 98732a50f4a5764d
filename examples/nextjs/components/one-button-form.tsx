"use client";

import type { ReactNode } from "react";
import type { FormAction } from "@/forms/state";
import { ActionForm, useForm } from "./action-form";
import { SubmitButton } from "./submit-button";

interface OneButtonFormProps {
  readonly action: FormAction;
  /** The token of the link that led here. */
  readonly token: string;
  readonly button: string;
  readonly kind?: "primary" | "danger";
  /** What to do next, once it is done. */
  readonly afterwards?: ReactNode;
}

/** Does what a link in a mail is for, at a click: programs that scan mails open links as well. */
export function OneButtonForm({ action, token, afterwards, ...button }: OneButtonFormProps) {
  return (
    <ActionForm action={action}>
      <input type="hidden" name="token" value={token} />
      <Button {...button} afterwards={afterwards} />
    </ActionForm>
  );
}

function Button({ button, kind, afterwards }: Pick<OneButtonFormProps, "button" | "kind" | "afterwards">) {
  const { state } = useForm();
  return state.done === undefined ? <SubmitButton kind={kind}>{button}</SubmitButton> : afterwards;
}
