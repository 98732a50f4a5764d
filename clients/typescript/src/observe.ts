import type { SignedOutReason, Viewer } from "./state.js";
import type { Tokens } from "./tokens.js";

/** What the data of an answer says about who is signed in. */
export interface Observed {
  /** The credentials that were handed out. */
  readonly tokens?: Tokens;
  /** Who is signed in; null says nobody. */
  readonly viewer?: Viewer | null;
  /** Whether a session began. */
  readonly signedIn?: boolean;
  /** Why the session has ended. */
  readonly signedOut?: SignedOutReason;
}

interface Payload {
  readonly user?: Partial<Viewer> | null;
  readonly session?: { readonly current?: boolean; readonly endedAt?: string | null } | null;
  readonly tokens?: Partial<Tokens> | null;
  readonly deletion?: unknown;
  readonly loggedOut?: boolean;
  readonly userErrors?: readonly unknown[];
}

/** Reads it by the names of the root fields, so that documents of an application's own count as well. */
export function observe(data: unknown): Observed {
  if (typeof data !== "object" || data === null) return {};
  return Object.entries(data).reduce<Observed>((seen, [field, value]) => ({ ...seen, ...observeField(field, value) }), {});
}

function observeField(field: string, value: unknown): Observed {
  if (field === "me") return value === null || isViewer(value) ? { viewer: value } : {};
  if (typeof value !== "object" || value === null) return {};
  const payload = value as Payload;
  if (payload.userErrors !== undefined && payload.userErrors.length > 0) return {};
  const viewer = isViewer(payload.user) ? { viewer: payload.user } : {};
  const tokens = isTokens(payload.tokens) ? { tokens: payload.tokens } : {};
  switch (field) {
    case "register":
    case "login":
      return payload.session ? { ...viewer, ...tokens, signedIn: true } : {};
    case "changePassword":
      return tokens;
    case "updateProfile":
    case "cancelEmailChange":
      return viewer;
    case "logout":
      return { signedOut: "loggedOut" };
    case "revokeSession":
      return payload.session?.current === true ? { signedOut: "loggedOut" } : {};
    case "deleteAccount":
      return { signedOut: "accountDeleted" };
    default:
      return {};
  }
}

function isViewer(value: unknown): value is Viewer {
  // Only what was selected whole stands for the viewer.
  return typeof value === "object" && value !== null && "id" in value && "email" in value && "emailVerified" in value;
}

function isTokens(value: unknown): value is Tokens {
  return typeof value === "object" && value !== null && "accessToken" in value && "refreshToken" in value;
}
