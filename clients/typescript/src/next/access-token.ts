/**
 * Seconds until an access token expires, 0 or less where it has or cannot be read. Nothing else is taken from it: it is
 * not verified here, and who believes a made-up time only refreshes too early or too late.
 */
export function secondsLeft(accessToken: string | undefined, nowMs: number): number {
  const payload = accessToken?.split(".")[1];
  if (payload === undefined) return 0;
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(decoded(payload)));
    const exp = typeof claims === "object" && claims !== null && "exp" in claims ? claims.exp : undefined;
    return typeof exp === "number" ? exp - nowMs / 1_000 : 0;
  } catch {
    return 0;
  }
}

function decoded(base64url: string): Uint8Array {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
