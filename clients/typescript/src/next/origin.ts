import type { GatehouseError } from "../errors.js";
import { parsedUrl } from "../own-url.js";
import type { Settings } from "./options.js";

/** What becomes of a request that a page of another origin sends. */
export const FROM_ELSEWHERE: GatehouseError = {
  kind: "forbidden",
  message: "The request comes from a page of another origin than appUrl.",
};

/**
 * Whether a page of another origin sends this request, be it one of the same site, to which browsers send cookies that
 * are `SameSite=Lax` all the same (ASVS 5.0, 3.5.1). Without `Origin` it is a navigation, or no browser.
 */
export function isFromElsewhere(headers: Headers, settings: Settings): boolean {
  const origin = headers.get("origin");
  if (origin === null || origin === settings.origin) return false;
  // Behind a proxy and in development an application has other names too; the browser knows whether they are one.
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin";
  const host = headers.get("x-forwarded-host")?.split(",")[0]?.trim() ?? headers.get("host");
  return parsedUrl(origin)?.host !== host;
}
