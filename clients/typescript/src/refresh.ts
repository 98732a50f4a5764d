import { runtimeFault, type GatehouseError } from "./errors.js";
import { RefreshSessionDocument, type RefreshSessionErrorCode, type RefreshSessionMutation } from "./generated/documents.js";
import type { Generation } from "./generation.js";
import type { Lock } from "./lock.js";
import { outcomeOf, requestBody, type Arrived } from "./transport.js";

/** What a refresh came to; a `GatehouseError` says nothing about whether somebody is signed in. */
export type RefreshResult = "refreshed" | "signedOut" | GatehouseError;

/** What a refresh needs of its client. */
export interface RefreshParts {
  readonly lock: Lock;
  readonly generation: Generation;
  /** Changes with every sign-in and sign-out that is known here. */
  readonly epoch: () => number;
  /** The refresh token that goes into the request; undefined where it is a cookie, null where there is none. */
  readonly refreshToken: () => string | null | undefined | Promise<string | null | undefined>;
  readonly send: (body: string) => Promise<Arrived | GatehouseError>;
  readonly onRefreshed: (payload: RefreshSessionMutation["refreshSession"]) => void;
  readonly onRefused: (code: RefreshSessionErrorCode | undefined) => void;
  /** A sign-in or sign-out came in between. Returns whether somebody is signed in now. */
  readonly onOvertaken: () => boolean | Promise<boolean>;
}

/** A function that refreshes once however often it is called at a time, in this page and in all tabs. */
export function singleFlight(parts: RefreshParts): (since?: string) => Promise<RefreshResult> {
  let newest: { readonly since: string; readonly result: Promise<RefreshResult> } | undefined;
  return (since = parts.generation.current()) => {
    if (newest?.since === since) return newest.result;
    // Whoever saw the last refresh wants another one, after it.
    const before = newest?.result;
    const result = (async () => {
      await before;
      return parts.lock((hasWaited) => refreshUnlessDone(parts, since, hasWaited));
    })().catch(runtimeFault).finally(() => {
      if (newest?.result === result) newest = undefined;
    });
    newest = { since, result };
    return result;
  };
}

/**
 * How long a tab looks for the trace of another's refresh, in milliseconds: what one has stored reaches the others' processes
 * a little later. Longer where there was one to wait for.
 */
const TRACE_MS = { waited: 100, first: 25 };

async function refreshUnlessDone(parts: RefreshParts, since: string, hasWaited: boolean): Promise<RefreshResult> {
  const refreshToken = await parts.refreshToken();
  const isShared = refreshToken === undefined;
  const until = Date.now() + (isShared ? TRACE_MS[hasWaited ? "waited" : "first"] : 0);
  while (parts.generation.current() === since && Date.now() < until) await new Promise((done) => setTimeout(done, 5));
  if (parts.generation.current() !== since) return "refreshed";
  if (refreshToken === null) {
    parts.onRefused("TOKEN_INVALID");
    return "signedOut";
  }
  const epoch = parts.epoch();
  const input = refreshToken === undefined ? {} : { refreshToken };
  const outcome = outcomeOf<RefreshSessionMutation>(await parts.send(requestBody(RefreshSessionDocument, { input })));
  if (!outcome.ok) return outcome.error;
  // The answer is about a session that is not this client's any more. Cookies cannot be compared, but sign-ins are counted.
  const tokenNow = await parts.refreshToken();
  const isOvertaken = parts.epoch() !== epoch || parts.generation.current() !== since || tokenNow !== refreshToken;
  if (isOvertaken) return (await parts.onOvertaken()) ? "refreshed" : "signedOut";
  const payload = outcome.data.refreshSession;
  const [problem] = payload.userErrors;
  if (problem !== undefined) {
    parts.onRefused(problem.code);
    return "signedOut";
  }
  parts.generation.advance();
  parts.onRefreshed(payload);
  return "refreshed";
}
