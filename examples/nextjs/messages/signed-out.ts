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

export const EMAIL_NOT_VERIFIED = "Your email address is not confirmed. Follow the link in the email that we sent you, then sign in.";
export const DELETION_PENDING =
  "This account is scheduled for deletion. To keep it, follow the link in the email about the deletion.";

type LoginError = LoginMutation["login"]["userErrors"][number];

export function loginSentence({ code, retryAt }: LoginError): string {
  const sentences: Record<LoginErrorCode, string> = {
    INVALID_CREDENTIALS: "The email address, username or password is incorrect.",
    ACCOUNT_LOCKED:
      retryAt === null
        ? "Too many wrong passwords were entered."
        : `Too many wrong passwords were entered. Try again in ${minutesUntil(retryAt, Date.now())}.`,
    EMAIL_NOT_VERIFIED,
    DELETION_PENDING,
    SECOND_FACTOR_REQUIRED: "Continue with your second factor.",
  };
  return sentences[code];
}

/** How long it takes until `time`, in words. */
export function minutesUntil(time: string, now: number): string {
  const minutes = Math.max(1, Math.ceil((Date.parse(time) - now) / 60_000));
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}

export const registerSentences: Record<RegisterErrorCode, string> = {
  ...passwordSentences,
  EMAIL_INVALID: "Enter a valid email address, such as ann@example.org.",
  EMAIL_TAKEN: "An account with this address already exists. Sign in, or reset your password.",
  USERNAME_INVALID: "Use 3 to 32 letters, digits, dots, hyphens or underscores.",
  USERNAME_TAKEN: "This username is taken. Choose another one.",
  NAME_TOO_LONG: "Use at most 128 characters.",
  NAME_INVALID: "This name contains characters that cannot be displayed. Remove them.",
  LOCALE_INVALID: "This language is not supported.",
  REGISTRATION_CLOSED: "Registration is closed.",
};

export const forgotPasswordSentences: Record<RequestPasswordResetErrorCode, string> = {
  EMAIL_INVALID: "Enter a valid email address, such as ann@example.org.",
};

export const resetPasswordSentences: Record<ResetPasswordErrorCode, string> = {
  ...passwordSentences,
  TOKEN_INVALID: "This link is invalid, already used, or superseded by a newer one.",
  TOKEN_EXPIRED: "This link has expired.",
};

export const verifyEmailSentences: Record<VerifyEmailErrorCode, string> = {
  TOKEN_INVALID: "This link is invalid, already used, or superseded by a newer one.",
  TOKEN_EXPIRED: "This link has expired.",
  EMAIL_TAKEN: "Another account has confirmed this address in the meantime. Use a different one.",
};

export const requestVerificationSentences: Record<RequestEmailVerificationErrorCode, string> = {
  EMAIL_INVALID: "Enter a valid email address, such as ann@example.org.",
  ALREADY_VERIFIED: "This address is already confirmed.",
};

export const secureAccountSentences: Record<SecureAccountErrorCode, string> = {
  TOKEN_INVALID: "This link is invalid or already used. To secure your account anyway:",
  TOKEN_EXPIRED: "This link has expired. To secure your account anyway:",
};

export const cancelDeletionSentences: Record<CancelAccountDeletionErrorCode, string> = {
  TOKEN_INVALID: "This link is invalid or already used.",
  TOKEN_EXPIRED: "The account has already been deleted.",
};
