/**
 * Counts the refreshes of one browser's session, so that whoever waited for another tab's refresh sees that it was
 * done. It has to be readable at once, which messages between tabs are not.
 */
export interface Generation {
  current(): string;
  advance(): void;
}

/** Shared by the tabs of a browser where `localStorage` can be written, else this page's own. */
export function generation(namespace: string, isShared: boolean): Generation {
  const key = `${namespace}:generation`;
  let own = "0";
  let isStored = isShared;
  return {
    current: () => (isStored ? stored(key) : undefined) ?? own,
    advance: () => {
      own = unique();
      // What cannot be replaced must not be read either: it would look as if nothing had been refreshed.
      isStored = isShared && store(key, own);
    },
  };
}

/** Not `crypto.randomUUID`, which pages without TLS lack. Nobody has to be unable to guess it. */
function unique(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

// A browser may refuse storage altogether, by throwing.
function stored(key: string): string | undefined {
  try {
    return globalThis.localStorage?.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function store(key: string, value: string): boolean {
  try {
    globalThis.localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
