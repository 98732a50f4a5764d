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
 * The result of a mutation. With `userErrors` (at least one) nothing was changed and the user has something to
 * correct; with `error` the operation was rejected or its response did not arrive. `payload` is there with user errors,
 * too: a `login` that needs a second step returns its `challenge` with one.
 */
export type MutationOutcome<TPayload> =
  | { readonly ok: true; readonly payload: TPayload }
  | {
      readonly ok: false;
      readonly userErrors: UserErrorsOf<TPayload>;
      readonly payload: TPayload;
      readonly error?: undefined;
    }
  | { readonly ok: false; readonly error: GatehouseError; readonly userErrors?: undefined; readonly payload?: undefined };
