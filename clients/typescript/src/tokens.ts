import type { TokenFieldsFragment } from "./generated/documents.js";

/** The credentials of a session that a client keeps by itself. */
export type Tokens = TokenFieldsFragment;

/** Where a client keeps tokens that do not travel as cookies. It must not be readable by strangers' scripts. */
export interface TokenStorage {
  get(): Tokens | undefined;
  set(tokens: Tokens | undefined): void;
}

/** Keeps them as long as the program runs. */
export function memoryStorage(): TokenStorage {
  let kept: Tokens | undefined;
  return {
    get: () => kept,
    set: (tokens) => {
      kept = tokens;
    },
  };
}
