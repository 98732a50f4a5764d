import { credentialJson } from "./json.js";
import { browserFailure, classifyThrown, type BrowserFailure } from "./outcome.js";

/** Why a request was ended: by a newer one of either kind, by its caller, or to use new options. */
export type Ending = "click" | "autofill" | "caller" | "renewal";

/** A passkey that was used or created: its credential ID, and what the service takes. */
export interface Used {
  readonly ok: true;
  readonly credentialId: string;
  readonly passkey: unknown;
}

/** The result of a request. */
export type Asked = Used | (BrowserFailure & { readonly ending?: Ending });

/** A request to the browser for a passkey. */
export interface PasskeyRequest {
  readonly result: Promise<Asked>;
  end(why: Ending): void;
}

interface Pending {
  readonly kind: "click" | "autofill";
  readonly end: (why: Ending) => void;
  readonly settled: Promise<void>;
}

/** How long a request waits for the end of the one before, in milliseconds. A click must not be forgotten meanwhile. */
const PATIENCE_MS = 500;

/** A browser has one request at a time for each page, whichever part of the page began it. */
let pending: Pending | undefined;

/**
 * Ends the pending request and begins this one. Safari rejects a request that begins before the one before has settled,
 * and one that does not follow a click. So it begins at once if none is pending, and otherwise as soon as that has settled.
 */
export function beginRequest(
  kind: "click" | "autofill",
  method: "create" | "get",
  send: (signal: AbortSignal) => Promise<Credential | null>,
  caller?: AbortSignal,
): PasskeyRequest {
  const controller = new AbortController();
  let ending: Ending | undefined;
  const end = (why: Ending): void => {
    ending ??= why;
    controller.abort();
  };
  const onAbort = (): void => end("caller");
  if (caller?.aborted) onAbort();
  caller?.addEventListener("abort", onAbort);
  const before = pending;
  const ask = async (): Promise<Asked> => {
    if (before !== undefined) {
      before.end(kind);
      await atMost(PATIENCE_MS, before.settled);
    }
    if (ending !== undefined) return { ...browserFailure("aborted"), ending };
    try {
      const credential = (await send(controller.signal)) as PublicKeyCredential | null;
      if (credential === null) return browserFailure("canceled");
      return { ok: true, credentialId: credential.id, passkey: credentialJson(credential) };
    } catch (thrown) {
      return ending === undefined ? classifyThrown(thrown, method) : { ...browserFailure("aborted"), ending };
    }
  };
  const result = ask();
  const settled = result.then(() => {
    caller?.removeEventListener("abort", onAbort);
    if (pending === mine) pending = undefined;
  });
  const mine: Pending = { kind, end, settled };
  pending = mine;
  return { result, end };
}

/** Resolves when no request is pending that a click began. */
export async function untilIdle(): Promise<void> {
  while (pending?.kind === "click") await pending.settled;
}

/** Resolves when `promise` has, or after `ms`. */
function atMost(ms: number, promise: Promise<void>): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    void promise.then(() => {
      clearTimeout(timer);
      done();
    });
  });
}
