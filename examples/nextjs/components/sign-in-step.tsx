"use client";

import type { LoginChallenge } from "@gatehouse/client";
import { useState, type ReactNode } from "react";
import { useForm } from "./action-form";
import { AuthenticatorSetup } from "./authenticator-setup";
import { LostFactors, ScheduledRemoval } from "./lost-factors";
import { PasskeyButton } from "./passkey-button";
import { ProofFields } from "./proof-fields";
import { RecoveryCodes } from "./recovery-codes";
import { SubmitButton } from "./submit-button";

interface SignInStepProps {
  /** The page that follows. */
  readonly next: string;
  /** Begins anew. */
  readonly start: string;
  /** How many seconds pass before lost second factors are removed; null if they are not removed by email. */
  readonly removalDelay?: number | null;
  /** The fields of the first step. */
  readonly children: ReactNode;
}

/** The step at which the sign-in of the form around it is. */
export function SignInStep({ next, start, removalDelay = null, children }: SignInStepProps) {
  const { step } = useForm().state;
  if (step === undefined) return children;
  if (step.kind === "codes") return <Codes codes={step.codes} next={next} />;
  return (
    <>
      {step.kind === "prove" && <Prove challenge={step.challenge} next={next} removalDelay={removalDelay} />}
      {step.kind === "enroll" && <Enroll challenge={step.challenge} next={next} />}
      {step.kind === "confirm" && (
        <>
          <h2>Set up an authenticator app</h2>
          <AuthenticatorSetup enrollment={step.enrollment} />
          <SubmitButton>Confirm and sign in</SubmitButton>
        </>
      )}
      {/* Loads the page anew, which forgets the challenge. */}
      <p className="links">
        <a href={start}>Start again</a>
      </p>
    </>
  );
}

interface ProveProps {
  readonly challenge: LoginChallenge;
  readonly next: string;
  readonly removalDelay: number | null;
}

function Prove({ challenge, next, removalDelay }: ProveProps) {
  const { factorRemovalScheduledFor: scheduledFor } = challenge;
  return (
    <>
      <h2>Second step</h2>
      <p>Your password is correct. Now confirm that it is you.</p>
      {scheduledFor !== null && <ScheduledRemoval at={scheduledFor} />}
      {challenge.methods.includes("PASSKEY") && (
        <PasskeyButton kind="primary" ask={(passkeys) => passkeys.completeLogin(challenge)} onDone={() => location.assign(next)}>
          Use a passkey
        </PasskeyButton>
      )}
      <ProofFields methods={challenge.methods} button="Continue" />
      {removalDelay !== null && scheduledFor === null && <LostFactors delay={removalDelay} />}
    </>
  );
}

function Enroll({ challenge, next }: { challenge: LoginChallenge; next: string }) {
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes !== undefined) return <Codes codes={codes} next={next} />;
  const { token } = challenge;
  return (
    <>
      <h2>Set up a second factor</h2>
      <p>Your account needs a second factor. Set one up to finish signing in.</p>
      <PasskeyButton
        kind="primary"
        prepare={(passkeys) => passkeys.prepare("REGISTER", token)}
        ask={(passkeys) => passkeys.add({ challenge: token })}
        onDone={({ recoveryCodes }) => (recoveryCodes === null ? location.assign(next) : setCodes(recoveryCodes))}
      >
        Create a passkey
      </PasskeyButton>
      <SubmitButton kind="plain">Set up an authenticator app</SubmitButton>
    </>
  );
}

function Codes({ codes, next }: { codes: readonly string[]; next: string }) {
  return (
    <>
      <RecoveryCodes codes={codes} />
      {/* Loads the page anew, as the one who is signed in now. */}
      <a className="button primary" href={next}>
        Continue
      </a>
    </>
  );
}
