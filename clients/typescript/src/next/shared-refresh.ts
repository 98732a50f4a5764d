import type { GatehouseError } from "../errors.js";
import { RefreshSessionDocument, type RefreshSessionMutation } from "../generated/documents.js";
import { hasArrived, outcomeOf, requestBody } from "../transport.js";
import type { Settings } from "./options.js";
import { postWithCookies, type TokenCookies } from "./upstream.js";

/** What a refresh came to. In both cases of an answer `setCookies` are for the browser, as they are. */
export type Refreshed =
  | { readonly result: "refreshed" | "ended"; readonly setCookies: readonly string[] }
  | { readonly result: "failed"; readonly error: GatehouseError };

/**
 * For how long those who come late with the old cookies get the same answer, in milliseconds. Far below the service's
 * reuse interval, after which an old token means theft.
 */
const REMEMBERED_MS = 5_000;

// Next loads proxy, pages and route handlers as modules of their own; they share one process.
const KEY = Symbol.for("gatehouse.refreshes");
const shared = globalThis as typeof globalThis & { [KEY]?: Map<string, Promise<Refreshed>> };

/** Refreshes once for all requests of this process that carry the same refresh token. */
export async function sharedRefresh(
  settings: Settings,
  cookies: TokenCookies & { readonly refresh: string },
  headers: Record<string, string>,
): Promise<Refreshed> {
  const refreshes = (shared[KEY] ??= new Map());
  const key = await keyOf(settings, cookies.refresh);
  const known = refreshes.get(key);
  if (known !== undefined) return known;
  const asked = refresh(settings, cookies, headers);
  refreshes.set(key, asked);
  let rememberedMs = 0;
  try {
    const refreshed = await asked;
    if (refreshed.result !== "failed") rememberedMs = REMEMBERED_MS;
    return refreshed;
  } finally {
    if (rememberedMs === 0) refreshes.delete(key);
    else setTimeout(() => refreshes.delete(key), rememberedMs).unref?.();
  }
}

/** Resolves when no refresh of that token is under way in this process. */
export async function refreshed(settings: Settings, refreshToken: string): Promise<void> {
  await shared[KEY]?.get(await keyOf(settings, refreshToken))?.catch(() => undefined);
}

async function refresh(
  settings: Settings,
  cookies: TokenCookies,
  headers: Record<string, string>,
): Promise<Refreshed> {
  const body = requestBody(RefreshSessionDocument, { input: {} });
  const answer = await postWithCookies(body, settings, cookies, headers);
  const outcome = outcomeOf<RefreshSessionMutation>(answer);
  if (!outcome.ok) return { result: "failed", error: outcome.error };
  const setCookies = hasArrived(answer) ? answer.headers.getSetCookie() : [];
  const wasRefused = outcome.data.refreshSession.userErrors.length > 0;
  return { result: wasRefused ? "ended" : "refreshed", setCookies };
}

/** The token itself is not kept in memory longer than its request. */
async function keyOf({ url }: Settings, refreshToken: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${url} ${refreshToken}`));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
