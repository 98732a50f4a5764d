"use client";

import type { AuthenticationMethod } from "@gatehouse/client";
import { confirmIdentity } from "@/app/account/confirm/actions";
import { ActionForm } from "./action-form";
import { PasskeyButton } from "./passkey-button";
import { ProofFields } from "./proof-fields";

interface ProofFormProps {
  /** The methods that the account can use. */
  readonly methods: readonly AuthenticationMethod[];
  /** The page that follows; the form stays where it is unless set. */
  readonly next?: string;
  readonly onProved: () => void;
}

/** Proves a credential of the signed-in user again. */
export function ProofForm({ methods, next, onProved }: ProofFormProps) {
  return (
    <div className="stack">
      {methods.includes("PASSKEY") && (
        <PasskeyButton
          kind="primary"
          prepare={(passkeys) => passkeys.prepare("REAUTHENTICATE")}
          ask={(passkeys) => passkeys.reauthenticate()}
          onDone={onProved}
        >
          Use a passkey
        </PasskeyButton>
      )}
      <ActionForm
        action={confirmIdentity}
        label="Confirm that it is you"
        onAnswer={({ done }) => {
          if (done !== undefined) onProved();
        }}
      >
        {next !== undefined && <input type="hidden" name="next" value={next} />}
        <ProofFields methods={methods} button="Confirm" />
      </ActionForm>
    </div>
  );
}
