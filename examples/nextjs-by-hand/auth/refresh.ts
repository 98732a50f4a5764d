import { createHash } from "node:crypto";
import { ask } from "./gatehouse";
import { RefreshSessionDocument, type TokensFragment } from "./generated";

type Refreshed = TokensFragment | "ended";
const KEPT_MS = 5_000;
const inFlight = new Map<string, Promise<Refreshed>>();

export function refresh(refreshToken: string, headers: Record<string, string>): Promise<Refreshed> {
  const key = createHash("sha256").update(refreshToken).digest("hex");
  const known = inFlight.get(key);
  if (known) return known;
  const asked = ask(RefreshSessionDocument, { input: { refreshToken } }, headers).then(
    ({ refreshSession }) => refreshSession.tokens ?? "ended",
  );
  inFlight.set(key, asked);
  asked.then(
    () => setTimeout(() => inFlight.delete(key), KEPT_MS),
    () => inFlight.delete(key),
  );
  return asked;
}
