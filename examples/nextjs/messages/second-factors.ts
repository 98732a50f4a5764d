import type {
  AddPasskeyErrorCode,
  CancelFactorRemovalErrorCode,
  CompleteLoginErrorCode,
  CompleteLoginMutation,
  ConfirmFactorRemovalErrorCode,
  ConfirmTotpErrorCode,
  EnrollTotpErrorCode,
  LoginWithPasskeyErrorCode,
  ReauthenticateErrorCode,
  ReauthenticateMutation,
  RegenerateRecoveryCodesErrorCode,
  RemoveFactorErrorCode,
  RequestFactorRemovalErrorCode,
  StartPasskeyErrorCode,
} from "@gatehouse/client";
import { describePasskeyFailure, type PasskeyFailure } from "@gatehouse/client/passkeys";
import { DELETION_PENDING, EMAIL_NOT_VERIFIED, minutesUntil } from "./signed-out";

type CompleteLoginError = CompleteLoginMutation["completeLogin"]["userErrors"][number];
type ReauthenticateError = ReauthenticateMutation["reauthenticate"]["userErrors"][number];

const CHALLENGE_INVALID = "This sign-in has expired. Sign in again.";
const CODE_INVALID = "This code is incorrect.";
const CODE_ALREADY_USED = "This code was used before. Wait until the app shows the next one.";
const PASSKEY_INVALID = "This passkey was not accepted. Try another one.";
const CEREMONY_EXPIRED = "The request has expired. Try again.";
const PASSKEYS_DISABLED = "Passkeys are not available.";
const ADDRESS_FIRST = "Confirm your email address first. Follow the link in the email that we sent you.";

export function completeLoginSentence({ code, retryAt }: CompleteLoginError): string {
  const sentences: Record<CompleteLoginErrorCode, string> = {
    CHALLENGE_INVALID,
    CODE_INVALID,
    CODE_ALREADY_USED,
    PASSKEY_INVALID,
    SECOND_FACTOR_LOCKED: lockedSentence(retryAt),
    EMAIL_NOT_VERIFIED,
    DELETION_PENDING,
  };
  return sentences[code];
}

function lockedSentence(retryAt: string | null): string {
  return retryAt === null
    ? "Too many wrong codes were entered. Use a passkey or a recovery code."
    : `Too many wrong codes were entered. Try again in ${minutesUntil(retryAt, Date.now())}.`;
}

export function reauthenticateSentence({ code, retryAt }: ReauthenticateError): string {
  return code === "SECOND_FACTOR_LOCKED" ? lockedSentence(retryAt) : reauthenticateSentences[code];
}

const reauthenticateSentences: Record<ReauthenticateErrorCode, string> = {
  CURRENT_PASSWORD_INCORRECT: "This is not your current password.",
  SECOND_FACTOR_REQUIRED: "Your account has a second factor. Use it instead of your password.",
  CODE_INVALID,
  CODE_ALREADY_USED,
  PASSKEY_INVALID,
  CEREMONY_EXPIRED,
  SECOND_FACTOR_LOCKED: "Too many wrong codes were entered. Try again later, or use another method.",
};

export const enrollTotpSentences: Record<EnrollTotpErrorCode, string> = {
  CHALLENGE_INVALID,
  EMAIL_NOT_VERIFIED: ADDRESS_FIRST,
};

export const confirmTotpSentences: Record<ConfirmTotpErrorCode, string> = {
  CHALLENGE_INVALID,
  ENROLLMENT_EXPIRED: "This key has expired. Start again with a new one.",
  CODE_INVALID: "This code is incorrect. Enter the code that the app shows now.",
};

export const removeFactorSentences: Record<RemoveFactorErrorCode, string> = {
  FACTOR_NOT_FOUND: "It was already removed.",
  LAST_SECOND_FACTOR: "This is your last second factor, and your account needs one. Add another one first.",
};

export const regenerateSentences: Record<RegenerateRecoveryCodesErrorCode, string> = {
  NO_SECOND_FACTOR: "Recovery codes need a second factor. Add one first.",
};

export const requestFactorRemovalSentences: Record<RequestFactorRemovalErrorCode, string> = {
  CHALLENGE_INVALID,
  FACTOR_REMOVAL_DISABLED: "Second factors cannot be removed by email here. Contact us.",
  PASSWORD_RESET_RECENTLY:
    "You chose your password with an emailed link in the last 30 days. For that long, second factors cannot be removed by email. Contact us.",
  EMAIL_NOT_VERIFIED,
  DELETION_PENDING,
};

export const confirmFactorRemovalSentences: Record<ConfirmFactorRemovalErrorCode, string> = {
  TOKEN_INVALID: "This link is invalid, already used, or superseded by a newer one.",
  TOKEN_EXPIRED: "This link has expired.",
};

export const cancelFactorRemovalSentences: Record<CancelFactorRemovalErrorCode, string> = {
  NO_REMOVAL_SCHEDULED: "No removal is scheduled. Your second factors may have been removed, or the removal was canceled.",
};

/** A number of seconds as full days, in words, as the email states them. */
export function inDays(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? "1 day" : `${days} days`;
}

const passkeySentences: Record<
  LoginWithPasskeyErrorCode | AddPasskeyErrorCode | StartPasskeyErrorCode | CompleteLoginErrorCode | ReauthenticateErrorCode,
  string
> = {
  ...reauthenticateSentences,
  CHALLENGE_INVALID,
  EMAIL_NOT_VERIFIED: ADDRESS_FIRST,
  DELETION_PENDING,
  PASSKEYS_DISABLED,
  PASSKEY_UNKNOWN: "No account has this passkey. Use another one, or sign in with your password.",
  NO_PASSKEY: "Your account has no passkey. Use another method.",
  NOT_USER_VERIFIED: "Your device checked neither PIN nor biometrics. Set one up on it, or use another device.",
  PASSKEY_TAKEN: "This passkey is already in use.",
  NAME_INVALID: "Use 1 to 64 characters that can be displayed.",
  TOO_MANY: "You have 20 passkeys. Remove one first.",
};

/** Any request for a passkey that failed. */
export type FailedPasskey =
  | Exclude<PasskeyFailure, { readonly reason: "rejected" }>
  | { readonly reason: "rejected"; readonly code: keyof typeof passkeySentences; readonly userErrors: readonly { readonly message: string }[] };

export function passkeySentence(failure: FailedPasskey): string {
  if (failure.reason === "rejected") return passkeySentences[failure.code] ?? describePasskeyFailure(failure);
  return describePasskeyFailure(failure);
}
