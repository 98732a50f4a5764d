import { describeError, type GatehouseError } from "../errors.js";
import type { StartPasskeyErrorCode, StartPasskeyMutation } from "../generated/documents.js";
import type { MutationOutcome, UserErrorsOf } from "../outcome.js";

/** Why the browser returned no passkey. */
export type BrowserReason =
  /** The user closed the dialog, it timed out, or there is no passkey for it: browsers do not reveal which. */
  | "canceled"
  /** The browser or the device cannot use passkeys. */
  | "notSupported"
  /** The device already has a passkey of this account. Of `add` only. */
  | "alreadyAdded"
  /** The caller's signal or a newer request of the page ended it. */
  | "aborted"
  /** The page's address is not one of the RP ID: see `GATEHOUSE_PASSKEY_RP_ID`. */
  | "wrongOrigin"
  /** Another error of the browser; `message` has its name. */
  | "browserError";

/** The browser returned no passkey. */
export interface BrowserFailure {
  readonly ok: false;
  readonly reason: BrowserReason;
  /** In English, for logs; `describePasskeyFailure` has words for users. */
  readonly message: string;
}

type StartErrors = UserErrorsOf<StartPasskeyMutation["startPasskey"]>;
type ErrorOf<TPayload> = UserErrorsOf<TPayload> extends readonly (infer TError)[] ? TError : never;
type CodeOf<TPayload> = ErrorOf<TPayload> extends { readonly code: infer TCode } ? TCode : never;

/** The result of a request for a passkey. A `switch` over `reason` can exhaust the ways in which it fails. */
export type PasskeyOutcome<TPayload> =
  | { readonly ok: true; readonly payload: TPayload }
  /** The service rejected it: with the code of the mutation or of `startPasskey`. */
  | {
      readonly ok: false;
      readonly reason: "rejected";
      readonly code: CodeOf<TPayload> | StartPasskeyErrorCode;
      readonly userErrors: readonly (ErrorOf<TPayload> | StartErrors[number])[];
    }
  /** The operation was rejected or its response did not arrive. */
  | { readonly ok: false; readonly reason: "failed"; readonly error: GatehouseError }
  | BrowserFailure;

/** A request for a passkey that failed. */
export type PasskeyFailure = Exclude<PasskeyOutcome<StartPasskeyMutation["startPasskey"]>, { readonly ok: true }>;

/** Adds the reason to the result of a mutation. */
export function passkeyOutcome<TPayload>(outcome: MutationOutcome<TPayload>): PasskeyOutcome<TPayload> {
  if (outcome.ok) return outcome;
  if (outcome.error !== undefined) return { ok: false, reason: "failed", error: outcome.error };
  const userErrors = outcome.userErrors as readonly (ErrorOf<TPayload> & { readonly code: CodeOf<TPayload> })[];
  const code = userErrors[0]?.code as CodeOf<TPayload>;
  return { ok: false, reason: "rejected", code, userErrors };
}

/** Describes a failure of the browser. Nothing of its message is kept, which differs between browsers. */
export function browserFailure(reason: BrowserReason, name = ""): BrowserFailure {
  const detail = name === "" ? "" : ` (${name})`;
  return { ok: false, reason, message: `The browser returned no passkey: ${reason}${detail}.` };
}

/** Classifies what `navigator.credentials` has thrown (WebAuthn Level 3, sections 5.1.3 and 5.1.4). */
export function classifyThrown(thrown: unknown, kind: "create" | "get"): BrowserFailure {
  // Not every platform has `DOMException`.
  const name = typeof thrown === "object" && thrown !== null && "name" in thrown ? String(thrown.name) : "";
  switch (name) {
    case "NotAllowedError":
    case "TimeoutError":
      return browserFailure("canceled", name);
    case "AbortError":
      return browserFailure("aborted", name);
    case "NotSupportedError":
    // No authenticator can verify the user or store the passkey.
    case "ConstraintError":
      return browserFailure("notSupported", name);
    case "InvalidStateError":
      return browserFailure(kind === "create" ? "alreadyAdded" : "browserError", name);
    case "SecurityError":
      return browserFailure("wrongOrigin", name);
    default:
      return browserFailure("browserError", name);
  }
}

/** Returns a sentence for a user, in English. */
export function describePasskeyFailure(
  failure: BrowserFailure | { readonly reason: "failed"; readonly error: GatehouseError } | {
    readonly reason: "rejected";
    readonly userErrors: readonly { readonly message: string }[];
  },
): string {
  switch (failure.reason) {
    case "failed":
      return describeError(failure.error);
    case "rejected":
      return failure.userErrors[0]?.message ?? "The passkey was not accepted. Try again.";
    case "canceled":
      return "No passkey was used. Try again, or choose another method.";
    case "notSupported":
      return "This browser or device does not support passkeys. Choose another method.";
    case "alreadyAdded":
      return "This device already has a passkey of your account.";
    case "aborted":
      return "The request was canceled.";
    case "wrongOrigin":
    case "browserError":
      return "The passkey could not be used here. Choose another method.";
  }
}
