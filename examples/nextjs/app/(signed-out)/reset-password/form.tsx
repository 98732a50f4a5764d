"use client";

import Link from "next/link";
import { ActionForm } from "@/components/action-form";
import { NewPassword, type Policy } from "@/components/new-password";
import { SubmitButton } from "@/components/submit-button";
import { resetPassword } from "./actions";

export function ResetPasswordForm({ token, policy }: { token: string; policy: Policy | undefined }) {
  return (
    <ActionForm action={resetPassword} afterwards={<Link href="/login">Sign in</Link>}>
      <input type="hidden" name="token" value={token} />
      <NewPassword name="newPassword" label="New password" policy={policy} />
      <SubmitButton>Save password</SubmitButton>
    </ActionForm>
  );
}
