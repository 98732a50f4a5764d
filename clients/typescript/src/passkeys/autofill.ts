import type { LoginWithPasskeyMutation } from "../generated/documents.js";
import { requestOptions } from "./json.js";
import type { Options, OptionsStore } from "./options.js";
import type { PasskeyOutcome } from "./outcome.js";
import { beginRequest, type PasskeyRequest, type Used } from "./request.js";
import { isAutofillSupported } from "./support.js";

type SignedIn = PasskeyOutcome<LoginWithPasskeyMutation["loginWithPasskey"]>;

/** What autofill needs. */
export interface AutofillParts {
  readonly options: OptionsStore;
  /** Signs in with the passkey that the user has chosen. */
  readonly submit: (options: Options, used: Used) => Promise<SignedIn>;
  /** Resolves when no click waits for a passkey or its result. */
  readonly untilIdle: () => Promise<void>;
  readonly onOutcome: (outcome: SignedIn) => void;
}

/** How often it is checked whether the options are due, in milliseconds. */
const CHECK_MS = 5_000;
/** A request that is rejected sooner was not shown to the user, and would be rejected again. */
const SHOWN_MS = 1_000;

/** Offers passkeys in the browser's autofill until one has signed in, or the function is called that it returns. */
export function startAutofill({ options, submit, untilIdle, onOutcome }: AutofillParts): () => void {
  const use = { purpose: "SIGN_IN" } as const;
  const release = options.keep(use);
  let isOver = false;
  let request: PasskeyRequest | undefined;
  const stop = (): void => {
    isOver = true;
    request?.end("caller");
    release();
  };

  /** Returns whether another request follows. */
  const offer = async (chosen: Options): Promise<boolean> => {
    const began = Date.now();
    request = beginRequest("autofill", "get", (signal) =>
      navigator.credentials.get({ publicKey: requestOptions(chosen.json), signal, mediation: "conditional" }),
    );
    const mine = request;
    const timer = setInterval(() => Date.now() >= chosen.renewAt && mine.end("renewal"), CHECK_MS);
    const asked = await mine.result.finally(() => clearInterval(timer));
    if (isOver) return false;
    if (!asked.ok) {
      if (asked.reason === "aborted") return asked.ending === "click" || asked.ending === "renewal";
      return asked.reason === "canceled" && Date.now() - began >= SHOWN_MS;
    }
    const outcome = await submit(chosen, asked);
    if (isOver) return false;
    if (outcome.ok) stop();
    onOutcome(outcome);
    return !outcome.ok;
  };
  const run = async (): Promise<void> => {
    if (!(await isAutofillSupported())) return;
    for (let goesOn = true; goesOn && !isOver; ) {
      await options.whenReady(use);
      await untilIdle();
      const chosen = options.ready(use);
      if (chosen !== undefined && !isOver) goesOn = await offer(chosen);
    }
  };
  void run();
  return stop;
}
