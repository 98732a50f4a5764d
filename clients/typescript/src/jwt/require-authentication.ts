/** Step-up for other services: the error of RFC 9470 for an access token whose authentication is too weak or too old. */
import type { Principal } from "./index.js";

/** How a user must have authenticated. */
export interface AuthenticationRequirement {
  /** The level that `acr` must reach: `aal1` with one factor, `aal2` with two factors or a passkey. */
  readonly acr?: "aal1" | "aal2";
  /** How old the latest proof (`auth_time`) may be, in seconds. */
  readonly maxAge?: number;
  /** The time, for tests; the system's unless set. */
  readonly now?: () => Date;
}

/** The access token is valid, but its user must authenticate again. Respond with `status` and `wwwAuthenticate`. */
export class InsufficientAuthenticationError extends Error {
  override readonly name = "InsufficientAuthenticationError";
  readonly status = 401;
  /** The value of the response's `WWW-Authenticate` header (RFC 9470, section 3). */
  readonly wwwAuthenticate: string;
  /** The required level, if there is one. */
  readonly acr: string | undefined;
  /** The required maximum age in seconds, if there is one. */
  readonly maxAge: number | undefined;

  constructor(message: string, { acr, maxAge }: AuthenticationRequirement) {
    super(message);
    this.acr = acr;
    this.maxAge = maxAge;
    this.wwwAuthenticate = [
      'Bearer error="insufficient_user_authentication"',
      `error_description="${message}"`,
      ...(acr === undefined ? [] : [`acr_values="${acr}"`]),
      ...(maxAge === undefined ? [] : [`max_age="${maxAge}"`]),
    ].join(", ");
  }
}

/**
 * Throws an `InsufficientAuthenticationError` unless the user of a verified access token authenticated strongly and recently
 * enough. A token without the claims, which an earlier version issued, does not suffice.
 */
export function requireAuthentication(principal: Principal, requirement: AuthenticationRequirement): void {
  const { acr, maxAge, now = () => new Date() } = requirement;
  if (acr !== undefined && !LEVEL.test(acr)) throw new RangeError("requireAuthentication: acr must be aal1 or aal2");
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= 0)) {
    throw new RangeError("requireAuthentication: maxAge must be a whole number of seconds");
  }
  if (acr !== undefined && !(rank(principal.level) >= rank(acr))) {
    throw new InsufficientAuthenticationError("A stronger authentication is required.", requirement);
  }
  if (maxAge === undefined) return;
  const { authenticatedAt } = principal;
  // A missing time is NaN, which is no less than anything.
  const ageMs = authenticatedAt === undefined ? Number.NaN : now().getTime() - authenticatedAt.getTime();
  if (ageMs <= maxAge * 1_000) return;
  throw new InsufficientAuthenticationError("A more recent authentication is required.", requirement);
}

const LEVEL = /^aal([12])$/;

/** The number of a level; NaN for an unknown one, which reaches none. */
function rank(level: string | undefined): number {
  return Number(LEVEL.exec(level ?? "")?.[1] ?? Number.NaN);
}
