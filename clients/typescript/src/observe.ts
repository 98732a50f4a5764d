import { ViewerFieldsFragmentDoc } from "./generated/documents.js";
import type { SignedOutReason, Viewer } from "./state.js";
import type { Tokens } from "./tokens.js";

/** A user as far as a document asks for it. */
export type SeenUser = Partial<Viewer> & Pick<Viewer, "id">;

/** What the data of an answer says about who is signed in. */
export interface Observed {
  /** The credentials that were handed out. */
  readonly tokens?: Tokens;
  /** Who is signed in; null says nobody. */
  readonly viewer?: SeenUser | null;
  /** A user who need not be the one who is signed in. */
  readonly user?: SeenUser;
  /** Whether a session began. */
  readonly signedIn?: boolean;
  /** Whether the same user's session was replaced. */
  readonly renewed?: boolean;
  /** Why the session has ended. */
  readonly signedOut?: SignedOutReason;
}

interface Payload {
  readonly user?: unknown;
  readonly session?: { readonly current?: boolean; readonly endedAt?: string | null } | null;
  readonly tokens?: Partial<Tokens> | null;
  readonly deletion?: unknown;
  readonly userErrors?: readonly unknown[];
}

const VIEWER_FIELDS = ViewerFieldsFragmentDoc.definitions.flatMap((definition) =>
  definition.kind === "FragmentDefinition"
    ? definition.selectionSet.selections.flatMap((it) => (it.kind === "Field" ? [it.name.value] : []))
    : [],
);

/**
 * Reads it by the names of the root fields, so that documents of an application's own count as well. `knownId` is the id of
 * the user who is signed in as far as it is known.
 */
export function observe(data: unknown, knownId?: string): Observed {
  if (typeof data !== "object" || data === null) return {};
  return Object.entries(data).reduce<Observed>(
    (seen, [field, value]) => ({ ...seen, ...observeField(field, value, knownId) }),
    {},
  );
}

/** `seen` with what is known of the same user; nothing where something of a viewer is missing still. */
export function completed(seen: SeenUser, known: Viewer | undefined): Viewer | undefined {
  const user: Record<string, unknown> = { ...(known?.id === seen.id && known), ...seen };
  if (VIEWER_FIELDS.some((name) => user[name] === undefined)) return undefined;
  return Object.fromEntries(VIEWER_FIELDS.map((name) => [name, user[name]])) as unknown as Viewer;
}

function observeField(field: string, value: unknown, knownId: string | undefined): Observed {
  if (field === "me") {
    if (value === null) return { viewer: null };
    const viewer = seenUser(value);
    return viewer ? { viewer } : {};
  }
  if (typeof value !== "object" || value === null) return {};
  const payload = value as Payload;
  if (payload.userErrors !== undefined && payload.userErrors.length > 0) return {};
  const user = seenUser(payload.user);
  const viewer = user ? { viewer: user } : {};
  const tokens = isTokens(payload.tokens) ? { tokens: payload.tokens } : {};
  switch (field) {
    case "register":
      // Where the address has to be verified first there is a user, and nobody is signed in.
      return payload.session || payload.tokens ? { ...viewer, ...tokens, signedIn: true } : {};
    case "login":
    case "completeLogin":
    case "loginWithPasskey":
      return payload.session || payload.tokens || payload.user ? { ...viewer, ...tokens, signedIn: true } : {};
    case "reauthenticate":
    case "changePassword":
      return { ...viewer, ...tokens, renewed: true };
    case "confirmTotp":
    case "addPasskey":
      // The first factor may complete a sign-in; otherwise the session of the same user is replaced.
      if (!payload.userErrors && !payload.session && !payload.tokens && !payload.user) return {};
      return { ...viewer, ...tokens, ...(user && user.id === knownId ? { renewed: true } : { signedIn: true }) };
    case "updateProfile":
    case "cancelEmailChange":
      return viewer;
    case "verifyEmail":
      // The link may be somebody else's.
      return user ? { user } : {};
    case "logout":
      return { signedOut: "loggedOut" };
    case "revokeSession":
      return payload.session?.current === true ? { signedOut: "loggedOut" } : {};
    case "deleteAccount":
      // A document need not ask for user errors; then the schedule is what says that it was done.
      return payload.userErrors || payload.deletion ? { signedOut: "accountDeleted" } : {};
    default:
      return {};
  }
}

function seenUser(value: unknown): SeenUser | undefined {
  if (typeof value !== "object" || value === null || !("id" in value)) return undefined;
  // Other clients add names of types, and documents ask for lists besides.
  const fields = Object.entries(value).filter(([name]) => VIEWER_FIELDS.includes(name));
  return Object.fromEntries(fields) as SeenUser;
}

function isTokens(value: unknown): value is Tokens {
  return typeof value === "object" && value !== null && "accessToken" in value && "refreshToken" in value;
}
