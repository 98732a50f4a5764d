import type { GatehouseError } from "../errors.js";
import { post, type Arrived } from "../transport.js";
import { clientAddress } from "./client-address.js";
import type { Settings } from "./options.js";

/** What of a browser's request the service has to know: it names devices, and counts by network. */
const PASSED_ON = ["user-agent", "x-forwarded-for", "forwarded", "x-request-id", "traceparent", "accept-language"];

/** Those headers of a request, and the visitor's address where the application can vouch for it. */
export function passedOn(headers: Headers, { frontEndSecret, clientAddress: where }: Settings): Record<string, string> {
  const kept = PASSED_ON.map((name) => [name, headers.get(name)] as const);
  const passed = Object.fromEntries(kept.filter((it): it is [string, string] => it[1] !== null));
  const address = where && clientAddress(headers, where);
  if (frontEndSecret === undefined || address === undefined) return passed;
  return { ...passed, "x-gatehouse-front-end": frontEndSecret, "x-gatehouse-client-address": address };
}

/** Follows no redirect: what is sent is for the service alone. */
const direct: typeof fetch = (input, init) => fetch(input, { ...init, redirect: "manual" });

/** What a browser keeps as cookies: the tokens, and what the service knows the device by. */
export interface TokenCookies {
  readonly access: string | undefined;
  readonly refresh: string | undefined;
  readonly device?: string | undefined;
}

/** Sends as the application's own front end: the service takes cookies from it and gives some back. */
export function postWithCookies(
  body: string,
  settings: Settings,
  cookies: TokenCookies,
  headers: Record<string, string>,
): Promise<Arrived | GatehouseError> {
  const pairs = [
    [settings.accessCookie, cookies.access],
    [settings.refreshCookie, cookies.refresh],
    [settings.deviceCookie, cookies.device],
  ].filter(([, value]) => value !== undefined && isCookieValue(value));
  const cookie = pairs.map(([name, value]) => `${name}=${value}`).join("; ");
  return post(body, {
    url: settings.url,
    fetch: direct,
    timeoutMs: settings.timeoutMs,
    headers: { ...headers, origin: settings.origin, "x-gatehouse-tokens": "cookie", ...(cookie && { cookie }) },
  });
}

/** Sends with the access token alone: nothing comes back that would have to be kept. */
export function postWithToken(
  body: string,
  settings: Settings,
  accessToken: string | undefined,
  headers: Record<string, string>,
): Promise<Arrived | GatehouseError> {
  const isToken = accessToken !== undefined && isCookieValue(accessToken);
  return post(body, {
    url: settings.url,
    fetch: direct,
    timeoutMs: settings.timeoutMs,
    headers: { ...headers, ...(isToken && { authorization: `Bearer ${accessToken}` }) },
  });
}

/** A cookie's value (RFC 6265, section 4.1.1); anything else would be another header, or none. */
function isCookieValue(value: string): boolean {
  return /^[\x21\x23-\x2B\x2D-\x3A\x3C-\x5B\x5D-\x7E]+$/.test(value);
}
