"use client";

import type { Passkeys } from "@gatehouse/client/passkeys";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "react-aria-components";
import { passkeySentence, type FailedPasskey } from "@/messages/second-factors";
import { Alert } from "./alert";
import { usePasskeys } from "./use-passkeys";

interface PasskeyButtonProps<TPayload> {
  readonly kind?: "primary" | "plain";
  /** Fetches options ahead: Safari opens its dialog only right after a click. Returns the function that ends it. */
  readonly prepare?: (passkeys: Passkeys) => () => void;
  /** Opens the browser's dialog. */
  readonly ask: (passkeys: Passkeys) => Promise<{ ok: true; payload: TPayload } | ({ ok: false } & FailedPasskey)>;
  readonly onDone: (payload: TPayload) => void;
  readonly children: ReactNode;
}

/** A button that opens the browser's dialog for a passkey. Nothing in a browser without passkeys, or without JavaScript. */
export function PasskeyButton<TPayload>({ kind = "plain", prepare, ask, onDone, children }: PasskeyButtonProps<TPayload>) {
  const passkeys = usePasskeys();
  const preparing = useRef(prepare);
  const [problem, setProblem] = useState<string>();
  const [isPending, setPending] = useState(false);
  useEffect(() => (passkeys ? preparing.current?.(passkeys) : undefined), [passkeys]);
  if (!passkeys) return null;
  const press = async (): Promise<void> => {
    setPending(true);
    setProblem(undefined);
    const outcome = await ask(passkeys);
    if (outcome.ok) return onDone(outcome.payload);
    setPending(false);
    if (outcome.reason !== "aborted") setProblem(passkeySentence(outcome));
  };
  return (
    <>
      {problem !== undefined && <Alert kind="problem">{problem}</Alert>}
      <Button className={`button ${kind}`} isPending={isPending} onPress={() => void press()}>
        {children}
        {isPending && <span className="spinner" aria-hidden="true" />}
      </Button>
    </>
  );
}
