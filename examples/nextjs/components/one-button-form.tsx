"use client";

import type { ReactNode } from "react";
import type { FormAction } from "@/forms/state";
import { ActionForm } from "./action-form";
import { Alert } from "./alert";
import { SubmitButton } from "./submit-button";

interface OneButtonFormProps {
  readonly action: FormAction;
  /** The token of the link that led here. */
  readonly token: string;
  readonly button: string;
  readonly kind?: "primary" | "danger";
  /** Why the link does not work, in place of the button. */
  readonly instead?: ReactNode;
  /** What to do next, once it is done. */
  readonly afterwards?: ReactNode;
}

/** Does what a link in a mail is for, at a click: programs that scan mails open links as well. */
export function OneButtonForm({ action, token, button, kind, instead, afterwards = null }: OneButtonFormProps) {
  if (token === "") return <Alert kind="problem">This link is incomplete. Copy the whole link from the email.</Alert>;
  return (
    <ActionForm action={action} afterwards={afterwards} instead={instead}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton kind={kind}>{button}</SubmitButton>
    </ActionForm>
  );
}
