/** Verification of access tokens without asking Gatehouse: by its published keys (RFC 7517, RFC 9068). */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from "jose";

export {
  InsufficientAuthenticationError,
  requireAuthentication,
  type AuthenticationRequirement,
} from "./require-authentication.js";

/** Whose tokens count. */
export interface AccessTokenVerifierOptions {
  /** The service's public address: `iss`, which has no slash at its end whether there is one here or not. */
  readonly issuer: string;
  /** Whom the tokens are for: `aud`; the issuer unless set. */
  readonly audience?: string;
  /** Where its keys are; `/.well-known/jwks.json` of the issuer unless set. */
  readonly jwksUrl?: string;
  /** Milliseconds that fetching the keys may take; 5,000 unless set. */
  readonly timeoutMs?: number;
  /** The time, for tests; the system's unless set. */
  readonly now?: () => Date;
}

/** Who a valid access token speaks for. */
export interface Principal {
  /** `sub`: `User.id`. */
  readonly userId: string;
  /** `sid`: `Session.id`. */
  readonly sessionId: string;
  /** `jti`. */
  readonly tokenId: string;
  /** `auth_time`: when the user proved a credential last; undefined in tokens of an earlier version. */
  readonly authenticatedAt: Date | undefined;
  /** `amr`: how, such as `pwd`, `otp`, `pop` (a passkey) or `recovery` (RFC 8176). */
  readonly methods: readonly string[];
  /** `acr`: how strongly, `aal1` with one factor, `aal2` with two or a passkey; undefined in tokens of an earlier version. */
  readonly level: string | undefined;
  /** `exp`. A session that is revoked before is not seen here. */
  readonly expiresAt: Date;
}

/** What a verification came to. `keysUnavailable` says nothing about the token: try again. */
export type Verified =
  | { readonly ok: true; readonly principal: Principal }
  | { readonly ok: false; readonly reason: "expired" | "invalid" | "keysUnavailable" };

/** Verifies access tokens; keeps the keys it has fetched. */
export interface AccessTokenVerifier {
  verify(token: string): Promise<Verified>;
}

const LONGEST_TOKEN = 4_096;
/** How far clocks may differ, in seconds. */
const LEEWAY = 5;
const REQUIRED = ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"];

/** Makes a verifier; one for each process is enough. */
export function createAccessTokenVerifier(options: AccessTokenVerifierOptions): AccessTokenVerifier {
  const issuer = options.issuer.replace(/\/+$/, "");
  const { audience = issuer, timeoutMs = 5_000, now } = options;
  const address = options.jwksUrl ?? `${issuer}/.well-known/jwks.json`;
  const keys = createRemoteJWKSet(new URL(address), { timeoutDuration: timeoutMs });
  return {
    verify: async (token) => {
      if (token.length > LONGEST_TOKEN) return { ok: false, reason: "invalid" };
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms: ["ES256", "EdDSA", "Ed25519"],
          typ: "at+jwt",
          clockTolerance: LEEWAY,
          requiredClaims: REQUIRED,
          ...(now && { currentDate: now() }),
        });
        const principal = principalOf(payload);
        return principal === undefined ? { ok: false, reason: "invalid" } : { ok: true, principal };
      } catch (error) {
        return { ok: false, reason: reasonOf(error) };
      }
    },
  };
}

function principalOf({ sub, sid, jti, exp, auth_time, amr, acr }: JWTPayload): Principal | undefined {
  if (typeof sub !== "string" || typeof sid !== "string" || typeof jti !== "string" || exp === undefined) return undefined;
  return {
    userId: sub,
    sessionId: sid,
    tokenId: jti,
    authenticatedAt: typeof auth_time === "number" ? new Date(auth_time * 1_000) : undefined,
    methods: Array.isArray(amr) ? amr.filter((it) => typeof it === "string") : [],
    level: typeof acr === "string" ? acr : undefined,
    expiresAt: new Date(exp * 1_000),
  };
}

function reasonOf(error: unknown): "expired" | "invalid" | "keysUnavailable" {
  if (error instanceof errors.JWTExpired) return "expired";
  // A key that is not among those published is the token's fault, all else of the key set is not.
  if (error instanceof errors.JWKSNoMatchingKey) return "invalid";
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return "keysUnavailable";
  return error instanceof errors.JOSEError && error.code !== "ERR_JOSE_GENERIC" ? "invalid" : "keysUnavailable";
}
