const BASE = "http://origin.invalid";
/** As often as this a value may be encoded over itself before it is taken for an attack. */
const MOST_DECODINGS = 5;
/** What browsers drop from, or read differently in, an address (WHATWG URL, sections 4.4 and 4.1): it begins another host. */
const MISREAD = /[\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * `value` if it leads to a page of this application, else `fallback`: an absolute path with query and fragment, on
 * the same origin however it is read. Anything that names a host, a scheme or a user, plainly or encoded, is refused
 * (open redirects: CWE-601).
 */
export function safeReturnPath(value: string | null | undefined, fallback = "/"): string {
  if (typeof value !== "string" || !isOwnPath(value)) return fallback;
  let decoded = value;
  for (let round = 0; round < MOST_DECODINGS; round += 1) {
    const path = decoded.split(/[?#]/, 1)[0] ?? "";
    const once = decodedOnce(path);
    if (once === undefined) return fallback;
    if (once === path) {
      const url = new URL(value, BASE);
      return url.origin === BASE ? url.pathname + url.search + url.hash : fallback;
    }
    if (!isOwnPath(once)) return fallback;
    decoded = once;
  }
  return fallback;
}

function isOwnPath(value: string): boolean {
  if (!/^\/(?!\/)/.test(value) || MISREAD.test(value)) return false;
  try {
    const { origin, pathname } = new URL(value, BASE);
    return origin === BASE && !pathname.startsWith("//");
  } catch {
    return false;
  }
}

function decodedOnce(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
