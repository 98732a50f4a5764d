import type {
  CancelAccountDeletionErrorCode,
  SecureAccountErrorCode,
  LoginErrorCode,
  LoginMutation,
  RegisterErrorCode,
  RequestEmailVerificationErrorCode,
  RequestPasswordResetErrorCode,
  ResetPasswordErrorCode,
  VerifyEmailErrorCode,
} from "@gatehouse/client";
import { passwordSentences } from "./passwords";

type LoginError = LoginMutation["login"]["userErrors"][number];

export function loginSentence({ code, retryAt }: LoginError): string {
  const sentences: Record<LoginErrorCode, string> = {
    INVALID_CREDENTIALS: "There is no account with this name and password.",
    ACCOUNT_LOCKED:
      retryAt === null
        ? "There were too many wrong passwords."
        : `There were too many wrong passwords. Try again in ${minutesUntil(retryAt, Date.now())}.`,
    EMAIL_NOT_VERIFIED: "Follow the link in the mail that we sent to you, then sign in.",
    DELETION_PENDING: "This account is about to be deleted. The link in the mail about it keeps it.",
  };
  return sentences[code];
}

function minutesUntil(time: string, now: number): string {
  const minutes = Math.max(1, Math.ceil((Date.parse(time) - now) / 60_000));
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}

export const registerSentences: Record<RegisterErrorCode, string> = {
  ...passwordSentences,
  EMAIL_INVALID: "This is no e-mail address. It looks like ann@example.org.",
  EMAIL_TAKEN: "There is an account with this address already. Sign in, or choose a new password.",
  USERNAME_INVALID: "A username has 3 to 32 letters, digits, dots, hyphens or underscores.",
  USERNAME_TAKEN: "Somebody else has this username.",
  NAME_TOO_LONG: "A name has 128 characters at most.",
  NAME_INVALID: "This name has characters that cannot be shown.",
  LOCALE_INVALID: "This language is not known.",
  REGISTRATION_CLOSED: "New accounts cannot be made here at the moment.",
};

export const forgotPasswordSentences: Record<RequestPasswordResetErrorCode, string> = {
  EMAIL_INVALID: "This is no e-mail address. It looks like ann@example.org.",
};

export const resetPasswordSentences: Record<ResetPasswordErrorCode, string> = {
  ...passwordSentences,
  TOKEN_INVALID: "This link does not work: it was used already, or a newer one was sent.",
  TOKEN_EXPIRED: "This link is too old.",
};

export const verifyEmailSentences: Record<VerifyEmailErrorCode, string> = {
  TOKEN_INVALID: "This link does not work: it was used already, or a newer one was sent.",
  TOKEN_EXPIRED: "This link is too old.",
  EMAIL_TAKEN: "Somebody else has confirmed this address meanwhile.",
};

export const requestVerificationSentences: Record<RequestEmailVerificationErrorCode, string> = {
  EMAIL_INVALID: "This is no e-mail address. It looks like ann@example.org.",
  ALREADY_VERIFIED: "This address is confirmed already.",
};

export const secureAccountSentences: Record<SecureAccountErrorCode, string> = {
  TOKEN_INVALID: "This link does not work: it was used already, or it is not complete. To be on the safe side:",
  TOKEN_EXPIRED: "This link is too old. To be on the safe side:",
};

export const cancelDeletionSentences: Record<CancelAccountDeletionErrorCode, string> = {
  TOKEN_INVALID: "This link does not work: it was used already, or it is not complete.",
  TOKEN_EXPIRED: "It is too late: the account has been deleted.",
};
