import type { UserErrorLike } from "@gatehouse/client";
import { missing, typed, type FormState } from "./state";

/** The field that the button for lost second factors sends. */
export const LOST_FACTORS = "lostFactors";

/** A code, as `completeLogin` and `reauthenticate` take it. */
type CodeProof = { recoveryCode: string } | { totpCode: string };

/** The one code that was typed. The recovery code comes first: its field has to be opened. */
export function codeProofOf(form: FormData): CodeProof | undefined {
  const recoveryCode = typed(form, "recoveryCode").trim();
  if (recoveryCode !== "") return { recoveryCode };
  const totpCode = typed(form, "totpCode").trim();
  return totpCode === "" ? undefined : { totpCode };
}

/** The code or the password that was typed, for `reauthenticate`. */
export function proofOf(form: FormData): CodeProof | { currentPassword: string } | undefined {
  const currentPassword = typed(form, "currentPassword");
  return codeProofOf(form) ?? (currentPassword === "" ? undefined : { currentPassword });
}

/** The errors of a proof, those of the code at its field. */
export function atCode<TError extends UserErrorLike>(userErrors: readonly TError[], proof: object): TError[] {
  const ofCode = ["CODE_INVALID", "CODE_ALREADY_USED"];
  return userErrors.map((error) => (ofCode.includes(error.code) ? { ...error, field: Object.keys(proof) } : error));
}

const EMPTY = {
  totpCode: "Enter the code from your authenticator app.",
  currentPassword: "Enter your current password.",
  recoveryCode: "Enter a recovery code.",
};

/** What to say if nothing was typed: at the first field that the form has. */
export function missingProof(state: FormState, form: FormData): FormState {
  const [first] = Object.entries(EMPTY).filter(([name]) => form.has(name));
  const answer = first && missing(state, form, Object.fromEntries([first]));
  return answer ?? state;
}
