/** A function that tells whether a request goes to `url`, whatever its query: credentials are for nobody else. */
export function ownUrl(url: string): (input: RequestInfo | URL) => boolean {
  return (input) => {
    const target = input instanceof Request ? input.url : String(input);
    return withoutQuery(target) === withoutQuery(url);
  };
}

function withoutQuery(url: string): string {
  // A page's addresses are relative to it; a program has none.
  const base = globalThis.location?.href;
  if (!URL.canParse(url, base)) return url.replace(/[?#].*$/s, "");
  const { origin, pathname, username, password } = new URL(url, base);
  return `${username}:${password}@${origin}${pathname}`;
}
