import type { AuthenticationMethod } from "./generated/documents.js";

/** What the user has to prove before an operation that is rejected with `STEP_UP_REQUIRED`. */
export interface StepUpRequest {
  /** The methods that the account can use, preferred first. `PASSWORD` is listed only without a second factor. */
  readonly methods: readonly AuthenticationMethod[];
  /** The maximum age of the proof, in seconds. */
  readonly maxAge: number;
}

/**
 * Asks the user for one of the methods, usually in a dialog, and passes it to `client.reauthenticate()`. Returns whether
 * that succeeded. An operation in it that needs a step-up itself would wait for its own end.
 */
export type OnStepUp = (request: StepUpRequest) => boolean | Promise<boolean>;

/** One dialog at a time for all operations that wait for it. */
export interface StepUpGate {
  /** The number of dialogs that have ended. Read it before an operation is sent. */
  ended(): number;
  /** Returns the result of the dialog that is open, of one that has ended since `since`, or of a new one. */
  pass(request: StepUpRequest, since: number): Promise<boolean>;
}

/** Makes a gate. Without a handler it opens for no operation. */
export function stepUpGate(onStepUp: OnStepUp | undefined): StepUpGate {
  let ended = 0;
  let last = false;
  let open: Promise<boolean> | undefined;
  return {
    ended: () => ended,
    pass: async (request, since) => {
      if (onStepUp === undefined) return false;
      // The operation was sent before the dialog's end, so its error says nothing about the session as it is now.
      if (open === undefined && since !== ended) return last;
      open ??= (async () => {
        last = await Promise.resolve(request).then(onStepUp).then((result) => result === true, () => false);
        ended += 1;
        open = undefined;
        return last;
      })();
      return open;
    },
  };
}

/** Reads the request from the `extensions` of an error. */
export function stepUpRequest(extensions: Readonly<Record<string, unknown>> | null | undefined): StepUpRequest {
  const { maxAge, methods } = extensions ?? {};
  return {
    maxAge: typeof maxAge === "number" && maxAge >= 0 ? maxAge : 0,
    methods: Array.isArray(methods) ? methods.filter((it): it is AuthenticationMethod => typeof it === "string") : [],
  };
}
