"use client";

import { ActionForm } from "@/components/action-form";
import { PasskeySignIn } from "@/components/passkey-sign-in";
import { PasswordField } from "@/components/password-field";
import { SignInStep } from "@/components/sign-in-step";
import { SubmitButton } from "@/components/submit-button";
import { TextField } from "@/components/text-field";
import { VisitorClient } from "@/gatehouse/visitor";
import { login } from "./actions";

interface LoginFormProps {
  readonly next: string;
  readonly withPasskeys: boolean;
  /** How many seconds pass before lost second factors are removed; null if they are not removed by email. */
  readonly removalDelay: number | null;
}

export function LoginForm({ next, withPasskeys, removalDelay }: LoginFormProps) {
  return (
    <VisitorClient>
      <ActionForm action={login}>
        <input type="hidden" name="next" value={next} />
        <SignInStep next={next} start={`/login?${new URLSearchParams({ next })}`} removalDelay={removalDelay}>
          {/* With `webauthn`, the browser offers passkeys in the list of addresses. */}
          <TextField name="identifier" label="Email or username" autoComplete="username webauthn" isRequired />
          <PasswordField name="password" label="Password" autoComplete="current-password" />
          <SubmitButton>Sign in</SubmitButton>
          {withPasskeys && <PasskeySignIn next={next} />}
        </SignInStep>
      </ActionForm>
    </VisitorClient>
  );
}
