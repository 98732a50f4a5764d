/** A `fetch` that holds one operation back until it is let go. */
export interface Slow {
  readonly fetch: typeof fetch;
  /** Resolves when it is held for the first time. */
  readonly held: Promise<void>;
  letGo(): void;
}

/** Holds back the requests of the operation of this name, or what `send` is answered to them. */
export function slowFor(operation: string, send: typeof fetch = fetch, what: "request" | "answer" = "answer"): Slow {
  const name = new RegExp(`(query|mutation) ${operation}\\b`);
  let hold: () => void = () => undefined;
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((done) => (hold = done));
  const open = new Promise<void>((done) => (letGo = done));
  return {
    fetch: async (input, init) => {
      if (!name.test(String(init?.body))) return send(input, init);
      const sent = what === "answer" ? await send(input, init) : undefined;
      hold();
      await open;
      return sent ?? send(input, init);
    },
    held,
    letGo: () => letGo(),
  };
}
