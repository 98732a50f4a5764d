"use client";

import Link from "next/link";
import { ActionForm, useForm } from "@/components/action-form";
import { NewPassword, type Policy } from "@/components/new-password";
import { SubmitButton } from "@/components/submit-button";
import { resetPassword } from "./actions";

export function ResetPasswordForm({ token, policy }: { token: string; policy: Policy | undefined }) {
  return (
    <ActionForm action={resetPassword}>
      <input type="hidden" name="token" value={token} />
      <Fields policy={policy} />
    </ActionForm>
  );
}

function Fields({ policy }: { policy: Policy | undefined }) {
  const { state } = useForm();
  if (state.done !== undefined) return <Link href="/login">Sign in</Link>;
  return (
    <>
      {state.problem !== undefined && <Link href="/forgot-password">Ask for a new link</Link>}
      <NewPassword name="newPassword" label="New password" policy={policy} />
      <SubmitButton>Save password</SubmitButton>
    </>
  );
}
