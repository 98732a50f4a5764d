"use client";

import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { useForm } from "./action-form";

/** Sends the form around it, once; says while it is under way. */
export function SubmitButton({ children, kind = "primary" }: { children: ReactNode; kind?: "primary" | "danger" | "plain" }) {
  const { isPending } = useForm();
  return (
    <Button type="submit" className={`button ${kind}`} isPending={isPending}>
      {children}
      {isPending && <span className="spinner" aria-hidden="true" />}
    </Button>
  );
}
