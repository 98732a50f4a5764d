"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { passkeySentence, type FailedPasskey } from "@/messages/second-factors";
import { Alert } from "./alert";
import { usePasskeys } from "./use-passkeys";

type Outcome = { readonly ok: true } | ({ readonly ok: false } & FailedPasskey);

/** Signs in with a passkey alone: by a button, and in the autofill of the form's first field. */
export function PasskeySignIn({ next }: { next: string }) {
  const passkeys = usePasskeys();
  const [problem, setProblem] = useState<string>();
  const [isPending, setPending] = useState(false);
  const take = useRef((outcome: Outcome): void => {
    // Loads the page anew, as the one who is signed in now.
    if (outcome.ok) return location.assign(next);
    setPending(false);
    setProblem(outcome.reason === "aborted" ? undefined : passkeySentence(outcome));
  });
  useEffect(() => passkeys?.autofill(take.current), [passkeys]);
  if (!passkeys) return null;
  const signIn = async (): Promise<void> => {
    setPending(true);
    setProblem(undefined);
    take.current(await passkeys.signIn());
  };
  return (
    <>
      <p className="or">or</p>
      {problem !== undefined && <Alert kind="problem">{problem}</Alert>}
      <Button className="button" isPending={isPending} onPress={() => void signIn()}>
        Sign in with a passkey
        {isPending && <span className="spinner" aria-hidden="true" />}
      </Button>
    </>
  );
}
