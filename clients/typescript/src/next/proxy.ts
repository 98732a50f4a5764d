import { NextResponse, type NextRequest } from "next/server.js";
import { abbreviated } from "../failure.js";
import { secondsLeft } from "./access-token.js";
import { cookieValue, NOT_STORED, parsedCookies } from "./cookies.js";
import type { Settings } from "./options.js";
import { sharedRefresh, type Refreshed } from "./shared-refresh.js";
import { passedOn } from "./upstream.js";

/** Tells server components the path that was asked for, so that signing in leads back to it. */
export const PATH_HEADER = "x-gatehouse-path";
/** Tells server components that the session of this request has just turned out to be over. */
export const ENDED_HEADER = "x-gatehouse-session-ended";
/** Tells server components why the session of this request could not be refreshed, which is no sign-out. */
export const FAILED_HEADER = "x-gatehouse-refresh-failed";

const CONDITIONS = ["if-none-match", "if-modified-since"];

/** What an application adds. */
export interface ProxyOptions {
  /** More headers for the request's server components, such as a nonce. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
}

/**
 * Replaces an access token that is about to end, before any server component runs: those cannot set cookies. The fresh
 * ones go to the browser and to the same request. A service that is away changes nothing: the page says so.
 *
 * A response that sets or clears the cookies is not stored by any cache: one that is shared would give them to the next
 * visitor. Pages that were rendered at build time would otherwise be stored for a year.
 */
export async function proxied(
  request: NextRequest,
  settings: Settings,
  { requestHeaders = {} }: ProxyOptions,
): Promise<NextResponse> {
  const refreshed = await refreshIfDue(request, settings);
  const setCookies = refreshed === undefined || refreshed.result === "failed" ? [] : refreshed.setCookies;
  const changed = parsedCookies(setCookies);
  for (const { name, value } of changed) {
    if (value === "") request.cookies.delete(name);
    else request.cookies.set(name, value);
  }
  const headers = new Headers(request.headers);
  headers.delete(ENDED_HEADER);
  headers.delete(FAILED_HEADER);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  if (refreshed?.result === "ended") headers.set(ENDED_HEADER, "1");
  if (refreshed?.result === "failed") headers.set(FAILED_HEADER, abbreviated(refreshed.error));
  for (const [name, value] of Object.entries(requestHeaders)) headers.set(name, value);
  // A 304 would update what a shared cache has stored, with the cookies in it (RFC 9111, section 4.3.4).
  if (changed.length > 0) for (const name of CONDITIONS) headers.delete(name);
  const response = NextResponse.next({ request: { headers } });
  // By its own means: lines that Next.js does not know of are lost when an application sets a cookie of its own.
  for (const cookie of changed) response.cookies.set(cookie);
  if (changed.length > 0) for (const [name, value] of Object.entries(NOT_STORED)) response.headers.set(name, value);
  return response;
}

async function refreshIfDue(request: NextRequest, settings: Settings): Promise<Refreshed | undefined> {
  const access = cookieValue(request.cookies, settings.accessCookie);
  const refresh = cookieValue(request.cookies, settings.refreshCookie);
  if (refresh === undefined) return undefined;
  if (secondsLeft(access, Date.now()) > settings.refreshAheadSeconds) return undefined;
  return sharedRefresh(settings, { access, refresh }, passedOn(request.headers, settings));
}
