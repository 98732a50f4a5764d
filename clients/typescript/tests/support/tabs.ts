/** What is written is there to be read after `lateMs`. */
export function pageStorage(lateMs = 0): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  const write = (key: string, value: string): void => void kept.set(key, value);
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => (lateMs === 0 ? write(key, value) : void setTimeout(write, lateMs, key, value)),
  };
}

/** Web Locks as far as the client uses them: one holder at a time, giving up by a signal, or where it is held. */
export function webLocks(): unknown {
  const held = new Map<string, Promise<unknown>>();
  const request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
    const task = rest.at(-1) as (lock: unknown) => Promise<unknown>;
    const { signal, ifAvailable } = (rest.length > 1 ? rest[0] : {}) as { signal?: AbortSignal; ifAvailable?: boolean };
    if (ifAvailable && held.has(name)) return task(null);
    const givenUp = new Promise<never>((_, fail) => signal?.addEventListener("abort", () => fail(signal.reason)));
    const before = held.get(name) ?? Promise.resolve();
    const mine = Promise.race([before.catch(() => undefined), givenUp]).then(() => task({ name }));
    held.set(name, mine);
    return mine.finally(() => held.get(name) === mine && held.delete(name));
  };
  return { request };
}
