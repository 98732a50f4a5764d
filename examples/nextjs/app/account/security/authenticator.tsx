"use client";

import type { SecondFactors } from "@gatehouse/client";
import Link from "next/link";
import { ActionForm, useForm } from "@/components/action-form";
import { AuthenticatorSetup } from "@/components/authenticator-setup";
import { Moment } from "@/components/moment";
import { RecoveryCodes } from "@/components/recovery-codes";
import { SubmitButton } from "@/components/submit-button";
import { setUpAuthenticator } from "./actions";

type Totp = SecondFactors["totp"];

export function Authenticator({ totp }: { totp: Totp }) {
  return (
    <ActionForm action={setUpAuthenticator} label="Authenticator app">
      <Fields totp={totp} />
    </ActionForm>
  );
}

function Fields({ totp }: { totp: Totp }) {
  const { step } = useForm().state;
  if (step?.kind === "confirm") {
    return (
      <>
        {totp !== null && <p>Your current app works until you confirm the new one.</p>}
        <AuthenticatorSetup enrollment={step.enrollment} />
        <div className="actions">
          <SubmitButton>Confirm</SubmitButton>
          {/* Loads the page anew, which forgets the key. */}
          <a className="button" href="/account/security">
            Cancel
          </a>
        </div>
      </>
    );
  }
  return (
    <>
      {step?.kind === "codes" && <RecoveryCodes codes={step.codes} />}
      {totp === null ? (
        <>
          <p>An app on your phone shows a code that you enter when you sign in.</p>
          <div className="actions">
            <SubmitButton kind="plain">Set up an authenticator app</SubmitButton>
          </div>
        </>
      ) : (
        <>
          <p>
            <span className="badge">in use</span> Added <Moment at={totp.confirmedAt} />
            {totp.lastUsedAt !== null && (
              <>
                {" "}
                · last used <Moment at={totp.lastUsedAt} />
              </>
            )}
          </p>
          <div className="actions">
            <SubmitButton kind="plain">Replace the app</SubmitButton>
            <Link className="button" href={`/account/security/remove/${totp.id}`}>
              Remove the app
            </Link>
          </div>
        </>
      )}
    </>
  );
}
