import type { GatehouseError } from "./errors.js";

/** What an operation came to: its data, or why there is none. */
export type Outcome<TData> =
  | { readonly ok: true; readonly data: TData }
  | { readonly ok: false; readonly error: GatehouseError };

/** What every payload of a mutation has that a user can get wrong. */
export interface PayloadWithUserErrors {
  readonly userErrors: readonly unknown[];
}

/** The user errors of a payload; none where it cannot have any. */
export type UserErrorsOf<TPayload> = TPayload extends { readonly userErrors: infer TErrors } ? TErrors : never;

/**
 * What a mutation came to. With `userErrors` (at least one) nothing was changed and the user has something to
 * correct; with `error` the operation was refused or its answer did not arrive.
 */
export type MutationOutcome<TPayload> =
  | { readonly ok: true; readonly payload: TPayload }
  | { readonly ok: false; readonly userErrors: UserErrorsOf<TPayload>; readonly error?: undefined }
  | { readonly ok: false; readonly error: GatehouseError; readonly userErrors?: undefined };
