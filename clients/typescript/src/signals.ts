/**
 * Signals that end a request, made of `AbortController` and timers alone: React Native before 0.88 and the edge runtime of Next.js
 * lack `AbortSignal.timeout`, `AbortSignal.any` or `DOMException`.
 */

/** Why a request was ended before its answer. */
export type Ending = "timeout" | "aborted";

/** A signal with a time limit. */
export interface Limit {
  readonly signal: AbortSignal;
  /** Why `signal` was aborted; undefined while it is not. */
  readonly ending: () => Ending | undefined;
  /** Clears the timer and the listeners. Call it once the request is over. */
  readonly release: () => void;
}

/** Combines a time limit with the signal of a caller. */
export function limit(timeoutMs: number, caller?: AbortSignal): Limit {
  const controller = new AbortController();
  let ending: Ending | undefined;
  const end = (why: Ending): void => {
    ending ??= why;
    controller.abort();
  };
  const onAbort = (): void => end("aborted");
  const timer = setTimeout(() => end("timeout"), timeoutMs);
  if (caller?.aborted) onAbort();
  caller?.addEventListener("abort", onAbort);
  return {
    signal: controller.signal,
    ending: () => ending,
    release: () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", onAbort);
    },
  };
}

/** Resolves after `ms`, or as soon as `signal` is aborted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const { signal: either, release } = limit(ms, signal);
    const done = (): void => {
      release();
      resolve();
    };
    if (either.aborted) return done();
    either.addEventListener("abort", done);
  });
}
