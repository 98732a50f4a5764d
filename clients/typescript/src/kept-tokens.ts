import type { Tokens, TokenStorage } from "./tokens.js";

/** A storage as the client uses it: writes are ordered, and reads see a write before it has finished. */
export interface KeptTokens {
  get(): Promise<Tokens | undefined>;
  set(tokens: Tokens | undefined): void;
  getDevice(): Promise<string | undefined>;
  setDevice(deviceToken: string): void;
}

/**
 * A value of which one write happens at a time. A value that could not be written stays in memory: the storage holds a refresh token
 * that was used already, and using it again would end the session.
 */
function ordered<T>(read: () => Promise<T> | T, write: (value: T) => Promise<void> | void) {
  let newest: { readonly value: T } | undefined;
  let writing: Promise<void> | undefined;
  const settle = (written: { readonly value: T }): void => {
    if (newest === written) newest = undefined;
  };
  return {
    get: async (): Promise<T> => (newest === undefined ? read() : newest.value),
    set: (value: T): void => {
      const mine = { value };
      newest = mine;
      const begin = async (): Promise<void> => {
        // Only the newest of several that wait is worth writing.
        if (newest !== mine) return;
        await write(value);
        settle(mine);
      };
      const running = (writing === undefined ? begin() : writing.then(begin)).catch(() => undefined);
      const last: Promise<void> = running.then(() => {
        if (writing === last) writing = undefined;
      });
      writing = last;
    },
  };
}

/** Wraps a storage of an application's own, synchronous or not. */
export function keptTokens(storage: TokenStorage): KeptTokens {
  const tokens = ordered<Tokens | undefined>(
    () => storage.get(),
    (value) => storage.set(value),
  );
  const device = ordered<string | undefined>(
    () => storage.getDevice?.(),
    (value) => (value === undefined ? undefined : storage.setDevice?.(value)),
  );
  return { get: tokens.get, set: tokens.set, getDevice: device.get, setDevice: device.set };
}
