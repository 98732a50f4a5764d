"use client";

import type { AuthenticationMethod } from "@gatehouse/client";
import { useState } from "react";
import { useProblem } from "./action-form";
import { PasswordField } from "./password-field";
import { SubmitButton } from "./submit-button";
import { TextField } from "./text-field";

interface ProofFieldsProps {
  readonly methods: readonly AuthenticationMethod[];
  readonly button: string;
}

/** The fields for a password, a code or a recovery code, each if the account has it. */
export function ProofFields({ methods, button }: ProofFieldsProps) {
  const hasCode = methods.includes("TOTP");
  const hasPassword = methods.includes("PASSWORD");
  // A passkey has a button before these.
  const isFirst = !methods.includes("PASSKEY");
  return (
    <>
      {hasPassword && <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" autoFocus={isFirst} />}
      {hasCode && (
        <TextField
          name="totpCode"
          label="Code from your authenticator app"
          autoComplete="one-time-code"
          inputMode="numeric"
          description="Six digits."
          autoFocus={isFirst}
        />
      )}
      {(hasCode || hasPassword) && <SubmitButton>{button}</SubmitButton>}
      {methods.includes("RECOVERY_CODE") && <RecoveryCode />}
    </>
  );
}

/** The field that few need. It can be opened without JavaScript. */
function RecoveryCode() {
  const { problem } = useProblem("recoveryCode");
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen || problem !== undefined} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Use a recovery code</summary>
      <div className="stack">
        <TextField
          name="recoveryCode"
          label="Recovery code"
          autoComplete="off"
          description="One of the codes that you stored when you set up your second factor."
        />
        <SubmitButton kind="plain">Use recovery code</SubmitButton>
      </div>
    </details>
  );
}
