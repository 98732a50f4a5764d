const BASE = "http://app.invalid";

export function returnPath(value: string | null | undefined, fallback = "/"): string {
  if (!value?.startsWith("/") || /[\\\p{Cc}]/u.test(value)) return fallback;
  let decoded = value;
  for (let round = 0; round < 3; round += 1) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      return fallback;
    }
    if (/^\/[/\\]|[\\\p{Cc}]/u.test(decoded)) return fallback;
  }
  const url = new URL(value, BASE);
  return url.origin === BASE && !value.startsWith("//") ? url.pathname + url.search + url.hash : fallback;
}
