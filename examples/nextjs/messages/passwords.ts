/** What can be wrong with a new password, under every mutation that takes one. */
export type PasswordErrorCode =
  | "PASSWORD_TOO_SHORT"
  | "PASSWORD_TOO_LONG"
  | "PASSWORD_INVALID"
  | "PASSWORD_TOO_WEAK"
  | "PASSWORD_COMPROMISED";

export const passwordSentences: Record<PasswordErrorCode, string> = {
  PASSWORD_TOO_SHORT: "This password is too short.",
  PASSWORD_TOO_LONG: "This password is too long.",
  PASSWORD_INVALID: "This password contains characters that cannot be used.",
  PASSWORD_TOO_WEAK: "This password is too easy to guess. Add a word or two.",
  PASSWORD_COMPROMISED: "This password is among the most common ones. Choose another one.",
};
