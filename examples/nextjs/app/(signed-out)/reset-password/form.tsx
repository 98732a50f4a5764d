"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/action-form";
import { NewPassword, type Policy } from "@/components/new-password";
import { SubmitButton } from "@/components/submit-button";
import { resetPassword } from "./actions";

interface ResetPasswordFormProps {
  readonly token: string;
  readonly policy: Policy | undefined;
  /** Why the link does not work. */
  readonly instead: ReactNode;
}

export function ResetPasswordForm({ token, policy, instead }: ResetPasswordFormProps) {
  return (
    <ActionForm action={resetPassword} afterwards={<Link href="/login">Sign in</Link>} instead={instead}>
      <input type="hidden" name="token" value={token} />
      <NewPassword name="newPassword" label="New password" policy={policy} />
      <SubmitButton>Save password</SubmitButton>
    </ActionForm>
  );
}
