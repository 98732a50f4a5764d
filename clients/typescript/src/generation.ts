/**
 * Counts the refreshes of one browser's session, so that whoever waited for another tab's refresh sees that it was
 * done. It has to be readable at once, which messages between tabs are not.
 */
export interface Generation {
  current(): string;
  advance(): void;
}

/** Shared by the tabs of a browser where there is `localStorage`, else this page's own. */
export function generation(namespace: string, isShared: boolean): Generation {
  const key = `${namespace}:generation`;
  let own = "0";
  return {
    current: () => (isShared ? stored(key) : undefined) ?? own,
    advance: () => {
      own = crypto.randomUUID();
      if (isShared) store(key, own);
    },
  };
}

// A browser may refuse storage altogether, by throwing.
function stored(key: string): string | undefined {
  try {
    return globalThis.localStorage?.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function store(key: string, value: string): void {
  try {
    globalThis.localStorage?.setItem(key, value);
  } catch {
    return;
  }
}
