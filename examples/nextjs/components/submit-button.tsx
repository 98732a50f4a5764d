"use client";

import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { useForm } from "./action-form";

interface SubmitButtonProps {
  readonly kind?: "primary" | "danger" | "plain";
  /** The field that tells the action which button was pressed, where a form has several. */
  readonly name?: string;
  readonly children: ReactNode;
}

/** Sends the form around it, once; says while it is under way. */
export function SubmitButton({ kind = "primary", name, children }: SubmitButtonProps) {
  const { isPending } = useForm();
  return (
    <Button type="submit" name={name} value={name && "yes"} className={`button ${kind}`} isPending={isPending}>
      {children}
      {isPending && <span className="spinner" aria-hidden="true" />}
    </Button>
  );
}
