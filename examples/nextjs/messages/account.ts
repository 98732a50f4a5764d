import type {
  AccountDeletionStatus,
  CancelEmailChangeErrorCode,
  ChangePasswordErrorCode,
  DeleteAccountErrorCode,
  ExportDataErrorCode,
  RevokeSessionErrorCode,
  SecurityEventType,
  UpdateProfileErrorCode,
} from "@gatehouse/client";
import { passwordSentences } from "./passwords";

const CURRENT_PASSWORD_INCORRECT = "This is not your current password.";

export const profileSentences: Record<UpdateProfileErrorCode, string> = {
  NAME_TOO_LONG: "Use at most 128 characters.",
  NAME_INVALID: "This name contains characters that cannot be displayed. Remove them.",
  USERNAME_INVALID: "Use 3 to 32 letters, digits, dots, hyphens or underscores.",
  USERNAME_TAKEN: "This username is taken. Choose another one.",
  AVATAR_URL_INVALID: "Enter a picture address that begins with https://.",
  LOCALE_INVALID: "Enter a language code, such as en or pt-BR.",
  EMAIL_INVALID: "Enter a valid email address, such as ann@example.org.",
  EMAIL_TAKEN: "Another account has this address. Use a different one.",
  CURRENT_PASSWORD_REQUIRED: "Enter your current password to change your address.",
  CURRENT_PASSWORD_INCORRECT,
};

export const changePasswordSentences: Record<ChangePasswordErrorCode, string> = {
  ...passwordSentences,
  CURRENT_PASSWORD_INCORRECT,
  PASSWORD_UNCHANGED: "This is your current password. Choose a different one.",
};

export const deleteAccountSentences: Record<DeleteAccountErrorCode, string> = {
  CURRENT_PASSWORD_REQUIRED: "Enter your current password.",
  CURRENT_PASSWORD_INCORRECT,
  CONFIRMATION_MISMATCH: "This is not the email address of your account.",
};

export const exportDataSentences: Record<ExportDataErrorCode, string> = {
  CURRENT_PASSWORD_REQUIRED: "Enter your current password.",
  CURRENT_PASSWORD_INCORRECT,
  EXPORT_TOO_LARGE: "Your data is too large to download here. Contact us to receive it.",
};

export const cancelEmailChangeSentences: Record<CancelEmailChangeErrorCode, string> = {
  NO_PENDING_CHANGE: "No email change is pending.",
};

export const revokeSessionSentences: Record<RevokeSessionErrorCode, string> = {
  SESSION_NOT_FOUND: "This session is no longer active.",
};

export const deletionStatus: Record<AccountDeletionStatus, string> = {
  PENDING: "Your account is scheduled for deletion.",
  CANCELLED: "The deletion was canceled. Your account is kept.",
  COMPLETED: "Your account was deleted.",
  UNKNOWN: "The status of this deletion cannot be shown at the moment. Try again later.",
};

const events: Record<SecurityEventType, string> = {
  REGISTERED: "You created this account",
  LOGIN_SUCCEEDED: "Signed in",
  LOGIN_FAILED: "Sign-in failed: wrong password",
  ACCOUNT_LOCKED: "Sign-in was locked temporarily after wrong passwords",
  LOGGED_OUT: "Signed out",
  SESSION_REVOKED: "Other devices were signed out",
  REFRESH_TOKEN_REUSED: "A session was ended because its token was used twice",
  PASSWORD_CHANGED: "Password changed",
  EMAIL_CHANGED: "Email address changed",
  PROFILE_UPDATED: "Profile changed",
  DELETION_REQUESTED: "Account deletion requested",
  PASSWORD_RESET_REQUESTED: "Password reset link requested",
  PASSWORD_RESET: "Password reset by email",
  EMAIL_VERIFIED: "Email address confirmed",
  EMAIL_CHANGE_REQUESTED: "Email change requested",
  EMAIL_CHANGE_CANCELLED: "Email change canceled",
  ACCOUNT_SECURED: "Account secured: every device was signed out",
  DATA_EXPORTED: "Your data was downloaded",
  DELETION_CANCELLED: "Account deletion canceled",
  REAUTHENTICATED: "Identity confirmed again",
  TOTP_ADDED: "Authenticator app added",
  TOTP_REMOVED: "Authenticator app removed",
  PASSKEY_ADDED: "Passkey added",
  PASSKEY_REMOVED: "Passkey removed",
  RECOVERY_CODES_GENERATED: "New recovery codes generated",
  RECOVERY_CODE_USED: "Recovery code used",
  SECOND_FACTOR_FAILED: "Second step failed: wrong code, or not completed",
  SECOND_FACTOR_LOCKED: "Second step was locked temporarily after wrong codes",
  SECOND_FACTORS_RESET: "All second factors removed",
  SECOND_FACTOR_REMOVAL_REQUESTED: "Link to remove lost second factors requested",
  SECOND_FACTOR_REMOVAL_SCHEDULED: "Removal of all second factors scheduled",
  SECOND_FACTOR_REMOVAL_CANCELLED: "Removal of all second factors canceled",
  UNKNOWN: "Your account was changed",
};

/** More kinds may come; those that are not known here yet are still shown. */
export function eventSentence(type: SecurityEventType): string {
  return events[type] ?? events.UNKNOWN;
}
