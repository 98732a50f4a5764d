import type { TokenFieldsFragment } from "./generated/documents.js";

/** The credentials of a session that a client keeps by itself. */
export type Tokens = Omit<TokenFieldsFragment, "deviceToken"> & Partial<Pick<TokenFieldsFragment, "deviceToken">>;

/**
 * Where a client keeps tokens that do not travel as cookies. It must not be readable by strangers' scripts. Each function may return
 * a promise, as the key stores of phones do.
 */
export interface TokenStorage {
  get(): Tokens | undefined | Promise<Tokens | undefined>;
  /**
   * Stores the tokens; undefined removes them. The client calls it again only after the write before has finished. If a write fails,
   * the client keeps the new tokens in memory.
   */
  set(tokens: Tokens | undefined): void | Promise<void>;
  /**
   * The secret by which accounts recognize this device, if it is kept. It outlives sign-outs, and goes along with the next
   * sign-in: an account that is locked for strangers is open to devices that it knows.
   */
  getDevice?(): string | undefined | Promise<string | undefined>;
  setDevice?(deviceToken: string): void | Promise<void>;
}

/** A storage that answers at once. */
export interface MemoryStorage extends TokenStorage {
  get(): Tokens | undefined;
  set(tokens: Tokens | undefined): void;
  getDevice(): string | undefined;
  setDevice(deviceToken: string): void;
}

/** Keeps them as long as the program runs. */
export function memoryStorage(): MemoryStorage {
  let kept: Tokens | undefined;
  let device: string | undefined;
  return {
    getDevice: () => device,
    setDevice: (deviceToken) => {
      device = deviceToken;
    },
    get: () => kept,
    set: (tokens) => {
      kept = tokens;
    },
  };
}
