/** A function that tells whether a request goes to `url`, whatever its query: credentials are for nobody else. */
export function ownUrl(url: string): (input: RequestInfo | URL) => boolean {
  return (input) => {
    const target = typeof input === "object" && "url" in input ? input.url : String(input);
    return withoutQuery(target) === withoutQuery(url);
  };
}

/** The address; undefined if it is none. Not every platform has `URL.canParse`. */
export function parsedUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

function withoutQuery(url: string): string {
  // A page's addresses are relative to it; a program has none.
  const base = globalThis.location?.href;
  try {
    const { origin, pathname, username, password } = new URL(url, base);
    return `${username}:${password}@${origin}${pathname}`;
  } catch {
    // Not an absolute address, or a platform whose `URL` knows no more than a part of the standard.
    return url.replace(/[?#].*$/s, "");
  }
}
