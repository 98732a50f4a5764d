"use client";

import type { Enrollment } from "@/forms/step";
import { CopyButton } from "./copy-button";
import { TextField } from "./text-field";

/** A secret for an authenticator app, and the field for the first code that the app shows. */
export function AuthenticatorSetup({ enrollment: { qrCode, secret, uri } }: { enrollment: Enrollment }) {
  return (
    <>
      <p>Scan this QR code with your authenticator app.</p>
      <img className="qr" src={qrCode} alt="QR code for your authenticator app. The key below is the same as text." width={200} height={200} />
      <div>
        <p>
          If you cannot scan it, <a href={uri}>open the app on this device</a>, or type this key into the app:
        </p>
        <code className="secret">{secret.match(/.{1,4}/g)?.join(" ")}</code>
        <CopyButton text={secret}>Copy key</CopyButton>
      </div>
      <TextField
        name="code"
        label="Code from the app"
        autoComplete="one-time-code"
        inputMode="numeric"
        description="Six digits."
        isRequired
      />
    </>
  );
}
