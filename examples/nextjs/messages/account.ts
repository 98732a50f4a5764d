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
  NAME_TOO_LONG: "A name has 128 characters at most.",
  NAME_INVALID: "This name has characters that cannot be shown.",
  USERNAME_INVALID: "A username has 3 to 32 letters, digits, dots, hyphens or underscores.",
  USERNAME_TAKEN: "Somebody else has this username.",
  AVATAR_URL_INVALID: "This is no address of a picture. It begins with https://.",
  LOCALE_INVALID: "This is no language code. It looks like en or pt-BR.",
  EMAIL_INVALID: "This is no e-mail address. It looks like ann@example.org.",
  EMAIL_TAKEN: "Somebody else has this address.",
  CURRENT_PASSWORD_REQUIRED: "To change your address, enter your current password.",
  CURRENT_PASSWORD_INCORRECT,
};

export const changePasswordSentences: Record<ChangePasswordErrorCode, string> = {
  ...passwordSentences,
  CURRENT_PASSWORD_INCORRECT,
  PASSWORD_UNCHANGED: "This is the password that you have already.",
};

export const deleteAccountSentences: Record<DeleteAccountErrorCode, string> = {
  CURRENT_PASSWORD_REQUIRED: "Enter your current password.",
  CURRENT_PASSWORD_INCORRECT,
  CONFIRMATION_MISMATCH: "This is not the e-mail address of your account.",
};

export const exportDataSentences: Record<ExportDataErrorCode, string> = {
  CURRENT_PASSWORD_REQUIRED: "Enter your current password.",
  CURRENT_PASSWORD_INCORRECT,
  EXPORT_TOO_LARGE: "Your data is too much to download here. Ask us, and we send it to you.",
};

export const cancelEmailChangeSentences: Record<CancelEmailChangeErrorCode, string> = {
  NO_PENDING_CHANGE: "There is no other address waiting any more.",
};

export const revokeSessionSentences: Record<RevokeSessionErrorCode, string> = {
  SESSION_NOT_FOUND: "This session has ended already.",
};

export const deletionStatus: Record<AccountDeletionStatus, string> = {
  PENDING: "Your account is about to be deleted.",
  CANCELLED: "The deletion was called off. Your account stays.",
  COMPLETED: "Your account was deleted.",
  UNKNOWN: "The state of this deletion cannot be shown at the moment. Try again later.",
};

const events: Record<SecurityEventType, string> = {
  REGISTERED: "You created this account",
  LOGIN_SUCCEEDED: "Signed in",
  LOGIN_FAILED: "Somebody tried to sign in with a wrong password",
  ACCOUNT_LOCKED: "Signing in was locked for a while, after wrong passwords",
  LOGGED_OUT: "Signed out",
  SESSION_REVOKED: "Other devices were signed out",
  REFRESH_TOKEN_REUSED: "A session was ended because its credentials were used twice",
  PASSWORD_CHANGED: "Password changed",
  EMAIL_CHANGED: "E-mail address changed",
  PROFILE_UPDATED: "Profile changed",
  DELETION_REQUESTED: "Deletion of the account asked for",
  PASSWORD_RESET_REQUESTED: "A link to choose a new password was asked for",
  PASSWORD_RESET: "A new password was chosen by mail",
  EMAIL_VERIFIED: "E-mail address confirmed",
  EMAIL_CHANGE_REQUESTED: "Another e-mail address was given",
  EMAIL_CHANGE_CANCELLED: "The other e-mail address was dropped",
  ACCOUNT_SECURED: "“It was not me”: every device was signed out",
  DATA_EXPORTED: "Your data was downloaded",
  DELETION_CANCELLED: "Deletion of the account called off",
  UNKNOWN: "Something about your account changed",
};

/** More kinds may come; those that are not known here yet are still shown. */
export function eventSentence(type: SecurityEventType): string {
  return events[type] ?? events.UNKNOWN;
}
