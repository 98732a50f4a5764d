import type { EnrollTotpMutation, LoginChallenge } from "@gatehouse/client";

/** A secret for an authenticator app. */
export type Enrollment = NonNullable<EnrollTotpMutation["enrollTotp"]["enrollment"]>;

/**
 * A step of a form. The challenge of a sign-in is in the page alone: in memory, or, without JavaScript, in a hidden field.
 * It is in no cookie and no address, two tabs do not overwrite each other's, and by itself it opens nothing.
 */
export type Step =
  /** The sign-in continues with a second factor. */
  | { readonly kind: "prove"; readonly challenge: LoginChallenge }
  /** The sign-in continues after a second factor is set up. */
  | { readonly kind: "enroll"; readonly challenge: LoginChallenge }
  /** The authenticator app shows its first code; without a challenge in the session of the request. */
  | { readonly kind: "confirm"; readonly enrollment: Enrollment; readonly challenge?: LoginChallenge }
  /** Recovery codes are shown, this once. */
  | { readonly kind: "codes"; readonly codes: readonly string[] };
