/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** The state of a deletion. */
export type AccountDeletionStatus =
  /** Canceled by the user. The account is kept. */
  | 'CANCELLED'
  /** Completed. The account and its personal data are removed. */
  | 'COMPLETED'
  /** Scheduled. The user cannot sign in. */
  | 'PENDING'
  /** A state recorded by a newer version of the service. */
  | 'UNKNOWN';

/** Error codes of `addPasskey`. */
export type AddPasskeyErrorCode =
  /** The options have expired or were used before. Fetch new ones with `startPasskey`. */
  | 'CEREMONY_EXPIRED'
  /** The challenge is invalid, has expired, or is one that a factor completes. */
  | 'CHALLENGE_INVALID'
  /** The name is empty, has more than 64 characters, or characters that cannot be displayed. */
  | 'NAME_INVALID'
  /** The authenticator checked neither PIN nor biometrics. Use another one. */
  | 'NOT_USER_VERIFIED'
  /** Passkeys are disabled (`AuthSettings.passkeysEnabled`). */
  | 'PASSKEYS_DISABLED'
  /** The browser's answer is invalid. */
  | 'PASSKEY_INVALID'
  /** The passkey is stored already. */
  | 'PASSKEY_TAKEN'
  /** The account has 20 passkeys. Remove one first. */
  | 'TOO_MANY';

/** Input for `addPasskey`. */
export type AddPasskeyInput = {
  /** The `token` of a sign-in that must enroll a factor. Omit it with a session. */
  readonly challenge?: string | null | undefined;
  /** A name of 1 to 64 characters. If it is missing, that of the device, such as `Firefox on Linux`. */
  readonly name?: string | null | undefined;
  /** What `navigator.credentials.create()` returned for the options of `startPasskey`, by `toJSON()`. */
  readonly passkey: unknown;
};

/** How a user proved their identity. More values may be added. */
export type AuthenticationMethod =
  /** A passkey. `pop` in the `amr` claim. */
  | 'PASSKEY'
  /** The password. `pwd` in the `amr` claim (RFC 8176, section 2). */
  | 'PASSWORD'
  /** A recovery code. `recovery` in the `amr` claim. */
  | 'RECOVERY_CODE'
  /** A code of an authenticator app. `otp` in the `amr` claim. */
  | 'TOTP';

/** Error codes of `cancelAccountDeletion`. */
export type CancelAccountDeletionErrorCode =
  /** The account has already been removed. */
  | 'TOKEN_EXPIRED'
  /** The link is invalid or already used. */
  | 'TOKEN_INVALID';

/** Input for `cancelAccountDeletion`. */
export type CancelAccountDeletionInput = {
  /** The value of the link's `token` query parameter. */
  readonly token: string;
};

/** Error codes of `cancelEmailChange`. */
export type CancelEmailChangeErrorCode =
  /** No email change is pending: it was already verified or canceled. */
  | 'NO_PENDING_CHANGE';

/** Error codes of `cancelFactorRemoval`. */
export type CancelFactorRemovalErrorCode =
  /** No removal is scheduled: it was canceled or carried out. */
  | 'NO_REMOVAL_SCHEDULED';

/** Error codes of `changePassword`. */
export type ChangePasswordErrorCode =
  /** `currentPassword` is not the current password, or the password was changed at the same moment. */
  | 'CURRENT_PASSWORD_INCORRECT'
  /** The new password is on the list of common passwords. */
  | 'PASSWORD_COMPROMISED'
  /** The new password contains control characters or unassigned code points. */
  | 'PASSWORD_INVALID'
  /** The new password has more than `PasswordPolicy.maxLength` characters. */
  | 'PASSWORD_TOO_LONG'
  /** The new password has fewer than `PasswordPolicy.minLength` characters. */
  | 'PASSWORD_TOO_SHORT'
  /** The new password is too easy to guess: its zxcvbn score is below `PasswordPolicy.minStrength`. */
  | 'PASSWORD_TOO_WEAK'
  /** The new password equals the current one. */
  | 'PASSWORD_UNCHANGED';

/** Input for `changePassword`. */
export type ChangePasswordInput = {
  /** The user's current password, exactly as typed. With a second factor, a recent authentication is required, too. */
  readonly currentPassword: string;
  /** The new password. It must meet `authSettings.passwordPolicy` and is used exactly as sent, without trimming. */
  readonly newPassword: string;
  /** Whether to revoke the user's other sessions, too. */
  readonly revokeOtherSessions?: boolean | null | undefined;
};

/** Error codes of `checkLink`. */
export type CheckLinkErrorCode =
  /** The link has expired. For `CANCEL_ACCOUNT_DELETION`: the account has already been removed. */
  | 'TOKEN_EXPIRED'
  /** The link is invalid, of another kind, already used, or superseded by a newer one. */
  | 'TOKEN_INVALID';

/** Input for `checkLink`. */
export type CheckLinkInput = {
  /** The mutation that the link is for. */
  readonly kind: LinkKind;
  /** The value of the link's `token` query parameter. */
  readonly token: string;
};

/** Error codes of `completeLogin`. */
export type CompleteLoginErrorCode =
  /**
   * The challenge is invalid, has expired, was completed, or is void: after 5 wrong codes, or because the password, the
   * address or the factors of the account changed. Sign in again.
   */
  | 'CHALLENGE_INVALID'
  /** The code is correct, but was used before. Wait for the next one. */
  | 'CODE_ALREADY_USED'
  /** The code is not correct. */
  | 'CODE_INVALID'
  /** The account is scheduled for deletion. */
  | 'DELETION_PENDING'
  /** The account's email address is not verified. */
  | 'EMAIL_NOT_VERIFIED'
  /** The passkey is not the account's, or the browser's answer is invalid. */
  | 'PASSKEY_INVALID'
  /**
   * Too many wrong codes were submitted. Gatehouse checks no further code from this device or network until `retryAt`;
   * if that is null, none of the authenticator app at all: use a passkey or a recovery code.
   */
  | 'SECOND_FACTOR_LOCKED';

/** Input for `completeLogin`. Exactly one proof; otherwise the response is `BAD_REQUEST`. */
export type CompleteLoginInput = {
  /** The `token` of the challenge. */
  readonly challenge: string;
  /** The `deviceToken` of the most recent sign-in on this device, if any. Omit it in cookie mode. */
  readonly deviceToken?: string | null | undefined;
  /** What `navigator.credentials.get()` returned for `passkeyOptions`, by `toJSON()`. */
  readonly passkey?: unknown;
  /** One of the recovery codes. Case, spaces and hyphens are ignored. */
  readonly recoveryCode?: string | null | undefined;
  /** The code that the authenticator app shows: six digits. */
  readonly totpCode?: string | null | undefined;
};

/** Error codes of `confirmFactorRemoval`. */
export type ConfirmFactorRemovalErrorCode =
  /** The link has expired. Sign in again and offer a new one (`requestFactorRemoval`). */
  | 'TOKEN_EXPIRED'
  /**
   * The link is invalid, already used, superseded by newer ones, or void: because the password, the address or a factor was
   * changed, a factor was used, or removals are off. Sign in again and offer a new one (`requestFactorRemoval`).
   */
  | 'TOKEN_INVALID';

/** Input for `confirmFactorRemoval`. */
export type ConfirmFactorRemovalInput = {
  /** The value of the link's `token` query parameter. */
  readonly token: string;
};

/** Error codes of `confirmTotp`. */
export type ConfirmTotpErrorCode =
  /** The challenge is invalid, has expired, or is one that a factor completes. */
  | 'CHALLENGE_INVALID'
  /** The code is not correct. The secret stays valid. */
  | 'CODE_INVALID'
  /** No secret is being set up in this session or sign-in, or no longer. Call `enrollTotp` again. */
  | 'ENROLLMENT_EXPIRED';

/** Input for `confirmTotp`. */
export type ConfirmTotpInput = {
  /** The `token` of a sign-in that must enroll a factor. Omit it with a session. */
  readonly challenge?: string | null | undefined;
  /** The code that the authenticator app shows for the secret of `enrollTotp`: six digits. */
  readonly code: string;
};

/** Error codes of `deleteAccount`. */
export type DeleteAccountErrorCode =
  /** `confirmation` is not the account's email address. */
  | 'CONFIRMATION_MISMATCH'
  /** `currentPassword` is not the current password, or the password was changed at the same moment. */
  | 'CURRENT_PASSWORD_INCORRECT'
  /** `currentPassword` was left out. */
  | 'CURRENT_PASSWORD_REQUIRED';

/** Input for `deleteAccount`. */
export type DeleteAccountInput = {
  /** The account's email address, typed by the user. Case is ignored. */
  readonly confirmation: string;
  /**
   * The user's current password, exactly as typed. If it is left out, the mutation returns `CURRENT_PASSWORD_REQUIRED`.
   * With a second factor, a recent authentication is required instead; a password that is sent must still be correct.
   */
  readonly currentPassword?: string | null | undefined;
};

/** Error codes of `enrollTotp`. */
export type EnrollTotpErrorCode =
  /** The challenge is invalid, has expired, or is one that a factor completes. */
  | 'CHALLENGE_INVALID'
  /** The account's email address must be verified first. */
  | 'EMAIL_NOT_VERIFIED';

/** Input for `enrollTotp`. */
export type EnrollTotpInput = {
  /** The `token` of a sign-in that must enroll a factor. Omit it with a session. */
  readonly challenge?: string | null | undefined;
};

/** Error codes of `exportData`. */
export type ExportDataErrorCode =
  /** `currentPassword` is not the current password, or the password was changed at the same moment. */
  | 'CURRENT_PASSWORD_INCORRECT'
  /** `currentPassword` was left out. */
  | 'CURRENT_PASSWORD_REQUIRED'
  /** The data exceeds 16 MiB. The operator of the service can export it with `gatehouse export`. */
  | 'EXPORT_TOO_LARGE';

/** Input for `exportData`. */
export type ExportDataInput = {
  /**
   * The user's current password, exactly as typed. If it is left out, the mutation returns `CURRENT_PASSWORD_REQUIRED`.
   * With a second factor, a recent authentication is required instead; a password that is sent must still be correct.
   */
  readonly currentPassword?: string | null | undefined;
};

/** The mutation that an emailed link is for. */
export type LinkKind =
  /** A link to `/cancel-deletion`, for `cancelAccountDeletion`. */
  | 'CANCEL_ACCOUNT_DELETION'
  /** A link to `/remove-factors`, for `confirmFactorRemoval`. */
  | 'REMOVE_FACTORS'
  /** A link to `/reset-password`, for `resetPassword`. */
  | 'RESET_PASSWORD'
  /** A link to `/secure-account`, for `secureAccount`. */
  | 'SECURE_ACCOUNT'
  /** A link to `/verify-email`, for `verifyEmail`. */
  | 'VERIFY_EMAIL';

/** Error codes of `login`. */
export type LoginErrorCode =
  /**
   * Too many wrong passwords were submitted. Gatehouse checks no further password from this device or network until
   * `retryAt`. A password reset (`requestPasswordReset`) ends the lockout at once. The code is also returned for
   * identifiers without an account.
   */
  | 'ACCOUNT_LOCKED'
  /**
   * The password is correct, but the account is scheduled for deletion. Refer the user to the link in the deletion
   * email, which cancels it.
   */
  | 'DELETION_PENDING'
  /**
   * The password is correct, but the account's email address is not verified yet. Ask the user to follow the link in
   * the email, or send a new one with `requestEmailVerification`.
   */
  | 'EMAIL_NOT_VERIFIED'
  /** No account matches the identifier, or the password is wrong. The response does not reveal which. */
  | 'INVALID_CREDENTIALS'
  /** The password is correct. Continue with `challenge`. */
  | 'SECOND_FACTOR_REQUIRED';

/** Input for `login`. */
export type LoginInput = {
  /**
   * The `deviceToken` of the most recent sign-in on this device, if any. A known device can still sign in while the
   * account is locked for unknown ones. Omit it in cookie mode.
   */
  readonly deviceToken?: string | null | undefined;
  /** The account's email address or username. Case is ignored. */
  readonly identifier: string;
  /** The password, exactly as typed. */
  readonly password: string;
};

/** Error codes of `loginWithPasskey`. */
export type LoginWithPasskeyErrorCode =
  /** The options have expired. Fetch new ones with `startPasskey`. */
  | 'CEREMONY_EXPIRED'
  /** The account is scheduled for deletion. */
  | 'DELETION_PENDING'
  /** The account's email address is not verified. */
  | 'EMAIL_NOT_VERIFIED'
  /** Passkeys are disabled (`AuthSettings.passkeysEnabled`). */
  | 'PASSKEYS_DISABLED'
  /** The browser's answer is invalid. */
  | 'PASSKEY_INVALID'
  /**
   * No account has this passkey. Call `PublicKeyCredential.signalUnknownCredential()`, so that the password manager no
   * longer offers it.
   */
  | 'PASSKEY_UNKNOWN';

/** Input for `loginWithPasskey`. */
export type LoginWithPasskeyInput = {
  /** The `deviceToken` of the most recent sign-in on this device, if any. Omit it in cookie mode. */
  readonly deviceToken?: string | null | undefined;
  /** What `navigator.credentials.get()` returned for the options of `startPasskey`, by `toJSON()`. */
  readonly passkey: unknown;
};

/** What a passkey is used for. */
export type PasskeyPurpose =
  /** Proving a credential again with `reauthenticate`, in the session of the request. */
  | 'REAUTHENTICATE'
  /** Adding a passkey with `addPasskey`, in the session of the request or in a sign-in that must enroll a factor. */
  | 'REGISTER'
  /** Signing in with `loginWithPasskey`. Needs no session, and reveals no account. */
  | 'SIGN_IN';

/** Error codes of `reauthenticate`. */
export type ReauthenticateErrorCode =
  /** The options of the passkey have expired. Fetch new ones with `startPasskey`. */
  | 'CEREMONY_EXPIRED'
  /** The code is correct, but was used before. Wait for the next one. */
  | 'CODE_ALREADY_USED'
  /** The code is not correct. */
  | 'CODE_INVALID'
  /** `currentPassword` is not the current password, or the password was changed at the same moment. */
  | 'CURRENT_PASSWORD_INCORRECT'
  /** The passkey is not the account's, or the browser's answer is invalid. */
  | 'PASSKEY_INVALID'
  /**
   * Too many wrong codes were submitted. Gatehouse checks no further code from this device or network until `retryAt`;
   * if that is null, none of the authenticator app at all: use a passkey or a recovery code.
   */
  | 'SECOND_FACTOR_LOCKED'
  /** The account has a second factor. Prove that instead of the password. */
  | 'SECOND_FACTOR_REQUIRED';

/** Input for `reauthenticate`. Exactly one proof; otherwise the response is `BAD_REQUEST`. */
export type ReauthenticateInput = {
  /** The user's current password, exactly as typed. Not enough for an account with a second factor. */
  readonly currentPassword?: string | null | undefined;
  /** What `navigator.credentials.get()` returned for the options of `startPasskey`, by `toJSON()`. */
  readonly passkey?: unknown;
  /** One of the recovery codes. Case, spaces and hyphens are ignored. */
  readonly recoveryCode?: string | null | undefined;
  /** The code that the authenticator app shows: six digits. */
  readonly totpCode?: string | null | undefined;
};

/** Error codes of `refreshSession`. Each of them means that the user must sign in again. */
export type RefreshSessionErrorCode =
  /**
   * The session was revoked: by the user, by a change of the password, or because this refresh token had been used
   * before.
   */
  | 'SESSION_REVOKED'
  /** The session has expired: it was idle for too long or reached its maximum lifetime. */
  | 'TOKEN_EXPIRED'
  /** The refresh token is not valid, or its session no longer exists. */
  | 'TOKEN_INVALID';

/** Input for `refreshSession`. */
export type RefreshSessionInput = {
  /** The session's newest refresh token. Omit it in cookie mode. */
  readonly refreshToken?: string | null | undefined;
};

/** Error codes of `regenerateRecoveryCodes`. */
export type RegenerateRecoveryCodesErrorCode =
  /** The account has no second factor. Recovery codes come with the first one. */
  | 'NO_SECOND_FACTOR';

/** Error codes of `register`. */
export type RegisterErrorCode =
  /** The email address is malformed, or the mail server cannot deliver to it. */
  | 'EMAIL_INVALID'
  /** Another account has this email address. */
  | 'EMAIL_TAKEN'
  /** No longer returned. */
  | 'LOCALE_INVALID'
  /** The name contains control characters or characters that change the direction of text, or no visible character. */
  | 'NAME_INVALID'
  /** The name has more than 128 characters. */
  | 'NAME_TOO_LONG'
  /** The password is on the list of common passwords. */
  | 'PASSWORD_COMPROMISED'
  /** The password contains control characters or unassigned code points. */
  | 'PASSWORD_INVALID'
  /** The password has more than `PasswordPolicy.maxLength` characters. */
  | 'PASSWORD_TOO_LONG'
  /** The password has fewer than `PasswordPolicy.minLength` characters. */
  | 'PASSWORD_TOO_SHORT'
  /** The password is too easy to guess: its zxcvbn score is below `PasswordPolicy.minStrength`. */
  | 'PASSWORD_TOO_WEAK'
  /** Registration is closed (`AuthSettings.registrationOpen`). */
  | 'REGISTRATION_CLOSED'
  /** The username is malformed, or usernames are disabled (`AuthSettings.usernamesEnabled`). */
  | 'USERNAME_INVALID'
  /** Another account has this username. */
  | 'USERNAME_TAKEN';

/** Input for `register`. */
export type RegisterInput = {
  /** The email address of the new account. No other account may have it. */
  readonly email: string;
  /**
   * The user's language: a BCP 47 tag such as `en` or `pt-BR`, or a system locale such as `pt_BR`. Other values are
   * ignored.
   */
  readonly locale?: string | null | undefined;
  /** The user's display name, up to 128 characters. */
  readonly name?: string | null | undefined;
  /** The password. It must meet `authSettings.passwordPolicy` and is used exactly as sent, without trimming. */
  readonly password: string;
  /** A username of 3 to 32 letters, digits, `.`, `_` or `-`, unique regardless of case. */
  readonly username?: string | null | undefined;
};

/** Error codes of `removeFactor`. */
export type RemoveFactorErrorCode =
  /** The account has no factor with this id. */
  | 'FACTOR_NOT_FOUND'
  /** It is the last factor, and accounts must have one (`AuthSettings.secondFactor`). */
  | 'LAST_SECOND_FACTOR';

/** Input for `removeFactor`. */
export type RemoveFactorInput = {
  /** The `id` of the authenticator app or of a passkey (`User.secondFactors`). */
  readonly id: string | number;
  /** Whether to revoke the user's other sessions. */
  readonly revokeOtherSessions?: boolean | null | undefined;
};

/** Error codes of `requestEmailVerification`. */
export type RequestEmailVerificationErrorCode =
  /** The address belongs to the signed-in user and is already verified. */
  | 'ALREADY_VERIFIED'
  /** The text is not an email address. */
  | 'EMAIL_INVALID';

/** Input for `requestEmailVerification`. */
export type RequestEmailVerificationInput = {
  /**
   * The email address to verify. If omitted: the signed-in user's pending address, or the current one if none is
   * pending. Required without a session.
   */
  readonly email?: string | null | undefined;
};

/** Error codes of `requestFactorRemoval`. */
export type RequestFactorRemovalErrorCode =
  /** The challenge is invalid, has expired, was completed, is void, or its account has no second factor. Sign in again. */
  | 'CHALLENGE_INVALID'
  /** The account is scheduled for deletion. */
  | 'DELETION_PENDING'
  /** The account's email address is not verified. */
  | 'EMAIL_NOT_VERIFIED'
  /**
   * Lost second factors are not removed by email (`AuthSettings.factorRemovalDelay` is null). An administrator can remove
   * them.
   */
  | 'FACTOR_REMOVAL_DISABLED'
  /**
   * The password was set with an emailed link during the last 30 days. Access to the mailbox alone must not remove second
   * factors. An administrator can remove them.
   */
  | 'PASSWORD_RESET_RECENTLY';

/** Input for `requestFactorRemoval`. */
export type RequestFactorRemovalInput = {
  /** The `token` of the challenge. */
  readonly challenge: string;
};

/** Error codes of `requestPasswordReset`. */
export type RequestPasswordResetErrorCode =
  /** The text is not an email address. */
  | 'EMAIL_INVALID';

/** Input for `requestPasswordReset`. */
export type RequestPasswordResetInput = {
  /** The email address of the account. */
  readonly email: string;
};

/** Error codes of `resetPassword`. */
export type ResetPasswordErrorCode =
  /** The password is on the list of common passwords. */
  | 'PASSWORD_COMPROMISED'
  /** The password contains control characters or unassigned code points. */
  | 'PASSWORD_INVALID'
  /** The password has more than `PasswordPolicy.maxLength` characters. */
  | 'PASSWORD_TOO_LONG'
  /** The password has fewer than `PasswordPolicy.minLength` characters. */
  | 'PASSWORD_TOO_SHORT'
  /** The password is too easy to guess: its zxcvbn score is below `PasswordPolicy.minStrength`. */
  | 'PASSWORD_TOO_WEAK'
  /** The link has expired. Offer a new one (`requestPasswordReset`). */
  | 'TOKEN_EXPIRED'
  /** The link is invalid, already used, or superseded by a newer one. */
  | 'TOKEN_INVALID';

/** Input for `resetPassword`. */
export type ResetPasswordInput = {
  /** The new password. It must meet `authSettings.passwordPolicy` and is used exactly as sent, without trimming. */
  readonly newPassword: string;
  /** The value of the link's `token` query parameter. */
  readonly token: string;
};

/** Error codes of `revokeSession`. */
export type RevokeSessionErrorCode =
  /** The user has no session with this id, or it is no longer active. */
  | 'SESSION_NOT_FOUND';

/** Input for `revokeSession`. */
export type RevokeSessionInput = {
  /** The `id` of one of the user's sessions (`me.sessions`). */
  readonly sessionId: string | number;
};

/** Whether accounts must have a second factor. */
export type SecondFactorPolicy =
  /** Users may set one up. Ask those who have none. */
  | 'ENCOURAGED'
  /** Users may set one up. */
  | 'OPTIONAL'
  /** No session starts without a second factor. Users who have none set one up during the sign-in. */
  | 'REQUIRED';

/** Error codes of `secureAccount`. */
export type SecureAccountErrorCode =
  /** The link has expired. Offer a password reset instead. */
  | 'TOKEN_EXPIRED'
  /** The link is invalid, already used, or superseded by a newer one. */
  | 'TOKEN_INVALID';

/** Input for `secureAccount`. */
export type SecureAccountInput = {
  /** The value of the link's `token` query parameter. */
  readonly token: string;
};

/** The kinds of security events. New values may be added; treat unknown ones like `UNKNOWN`. */
export type SecurityEventType =
  /**
   * Too many wrong passwords caused a lockout: of the client's device or network, or, if the account is under
   * attack, of all unknown devices and networks.
   */
  | 'ACCOUNT_LOCKED'
  /** The account was secured with the link of a security notice; every session was revoked. */
  | 'ACCOUNT_SECURED'
  /** The user exported the account's data. */
  | 'DATA_EXPORTED'
  /** The deletion of the account was canceled. */
  | 'DELETION_CANCELLED'
  /** The user requested the deletion of the account. */
  | 'DELETION_REQUESTED'
  /** The email address changed. */
  | 'EMAIL_CHANGED'
  /** A pending email change was canceled. */
  | 'EMAIL_CHANGE_CANCELLED'
  /** An email change was requested. It takes effect when the new address is verified. */
  | 'EMAIL_CHANGE_REQUESTED'
  /** The email address was verified with an emailed link. */
  | 'EMAIL_VERIFIED'
  /** The user signed out. */
  | 'LOGGED_OUT'
  /** A sign-in failed because of a wrong password. */
  | 'LOGIN_FAILED'
  /** The user signed in. */
  | 'LOGIN_SUCCEEDED'
  /** A passkey was added. */
  | 'PASSKEY_ADDED'
  /** A passkey was removed. */
  | 'PASSKEY_REMOVED'
  /** The user changed the password. */
  | 'PASSWORD_CHANGED'
  /** A new password was set with a password reset link. */
  | 'PASSWORD_RESET'
  /** A password reset link was requested. */
  | 'PASSWORD_RESET_REQUESTED'
  /** The name, username, picture or language changed. */
  | 'PROFILE_UPDATED'
  /** The user proved a credential again in a session. */
  | 'REAUTHENTICATED'
  /** New recovery codes replaced the earlier ones. */
  | 'RECOVERY_CODES_GENERATED'
  /** A recovery code was used. */
  | 'RECOVERY_CODE_USED'
  /** A replaced refresh token was used again. It may be stolen, so its session was revoked. */
  | 'REFRESH_TOKEN_REUSED'
  /** The account was created. */
  | 'REGISTERED'
  /** Every second factor was removed, by an administrator or because the user had lost them, and every session was revoked. */
  | 'SECOND_FACTORS_RESET'
  /** The second step of a sign-in failed or never came, or a wrong code was entered in a session. */
  | 'SECOND_FACTOR_FAILED'
  /** Too many wrong codes caused a wait. */
  | 'SECOND_FACTOR_LOCKED'
  /** The scheduled removal of every second factor was canceled. */
  | 'SECOND_FACTOR_REMOVAL_CANCELLED'
  /** A link was emailed that schedules the removal of every second factor. */
  | 'SECOND_FACTOR_REMOVAL_REQUESTED'
  /** The removal of every second factor was scheduled. */
  | 'SECOND_FACTOR_REMOVAL_SCHEDULED'
  /** The user revoked other sessions. */
  | 'SESSION_REVOKED'
  /** An authenticator app was added, or replaced the earlier one. */
  | 'TOTP_ADDED'
  /** The authenticator app was removed. */
  | 'TOTP_REMOVED'
  /** An event recorded by a newer version of the service. */
  | 'UNKNOWN';

/** Error codes of `startPasskey`. */
export type StartPasskeyErrorCode =
  /** The challenge is invalid, has expired, or is one that a factor completes. */
  | 'CHALLENGE_INVALID'
  /** The account's email address must be verified first. */
  | 'EMAIL_NOT_VERIFIED'
  /** The account has no passkey to prove. */
  | 'NO_PASSKEY'
  /** Passkeys are disabled (`AuthSettings.passkeysEnabled`). */
  | 'PASSKEYS_DISABLED'
  /** The account has 20 passkeys. Remove one first. */
  | 'TOO_MANY';

/** Input for `startPasskey`. */
export type StartPasskeyInput = {
  /** With `REGISTER`: the `token` of a sign-in that must enroll a factor. Omit it with a session. */
  readonly challenge?: string | null | undefined;
  /** What the passkey is used for. */
  readonly purpose: PasskeyPurpose;
};

/** Error codes of `updateProfile`. */
export type UpdateProfileErrorCode =
  /** The URL does not use `https`, is malformed, or has more than 2,048 characters. */
  | 'AVATAR_URL_INVALID'
  /** `currentPassword` is not the current password, or the password was changed at the same moment. */
  | 'CURRENT_PASSWORD_INCORRECT'
  /** A new email address requires `currentPassword`, which is missing. */
  | 'CURRENT_PASSWORD_REQUIRED'
  /** The email address is malformed, or the mail server cannot deliver to it. */
  | 'EMAIL_INVALID'
  /** Another account has this email address. */
  | 'EMAIL_TAKEN'
  /** The locale is not a BCP 47 language tag. */
  | 'LOCALE_INVALID'
  /** The name contains control characters or characters that change the direction of text, or no visible character. */
  | 'NAME_INVALID'
  /** The name has more than 128 characters. */
  | 'NAME_TOO_LONG'
  /** The username is malformed, or usernames are disabled (`AuthSettings.usernamesEnabled`). */
  | 'USERNAME_INVALID'
  /** Another account has this username. */
  | 'USERNAME_TAKEN';

/** Input for `updateProfile`. An omitted field keeps its value. Null clears a field that may be empty. */
export type UpdateProfileInput = {
  /** An `https` URL of up to 2,048 characters. */
  readonly avatarUrl?: string | null | undefined;
  /**
   * The user's current password, exactly as typed. Required only with a new `email`.
   * With a second factor, a recent authentication is required instead; a password that is sent must still be correct.
   */
  readonly currentPassword?: string | null | undefined;
  /**
   * A new email address. It requires `currentPassword` and takes effect when the user follows the link sent to it;
   * at once if email verification is disabled.
   */
  readonly email?: string | null | undefined;
  /** The user's language: a BCP 47 tag such as `en` or `pt-BR`. */
  readonly locale?: string | null | undefined;
  /** The user's display name, up to 128 characters. */
  readonly name?: string | null | undefined;
  /** A username of 3 to 32 letters, digits, `.`, `_` or `-`, unique regardless of case. */
  readonly username?: string | null | undefined;
};

/** Error codes of `verifyEmail`. */
export type VerifyEmailErrorCode =
  /** Another account has registered this email address in the meantime. */
  | 'EMAIL_TAKEN'
  /** The link has expired. Offer a new one (`requestEmailVerification`). */
  | 'TOKEN_EXPIRED'
  /** The link is invalid, already used, or superseded by a newer one. */
  | 'TOKEN_INVALID';

/** Input for `verifyEmail`. */
export type VerifyEmailInput = {
  /** The value of the link's `token` query parameter. */
  readonly token: string;
};

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { readonly register: { readonly verificationRequired: boolean, readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly challenge: { readonly token: string, readonly expiresAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly passkeyOptions: unknown, readonly factorRemovalScheduledFor: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: RegisterErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type ReauthenticateMutationVariables = Exact<{
  input: ReauthenticateInput;
}>;


export type ReauthenticateMutation = { readonly reauthenticate: { readonly validUntil: string | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ReauthenticateErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string, readonly retryAt: string | null }> } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { readonly changePassword: { readonly revokedSessionCount: number, readonly user: { readonly id: string, readonly passwordChangedAt: string } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ChangePasswordErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { readonly updateProfile: { readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UpdateProfileErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RequestEmailVerificationMutationVariables = Exact<{
  input: RequestEmailVerificationInput;
}>;


export type RequestEmailVerificationMutation = { readonly requestEmailVerification: { readonly userErrors: ReadonlyArray<{ readonly code: RequestEmailVerificationErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { readonly verifyEmail: { readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: VerifyEmailErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type CancelEmailChangeMutationVariables = Exact<{ [key: string]: never; }>;


export type CancelEmailChangeMutation = { readonly cancelEmailChange: { readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: CancelEmailChangeErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { readonly requestPasswordReset: { readonly userErrors: ReadonlyArray<{ readonly code: RequestPasswordResetErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { readonly resetPassword: { readonly user: { readonly id: string, readonly email: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ResetPasswordErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type ViewerFieldsFragment = { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string };

export type SessionFieldsFragment = { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string };

export type TokenFieldsFragment = { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null };

export type LoginChallengeFieldsFragment = { readonly token: string, readonly expiresAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly passkeyOptions: unknown, readonly factorRemovalScheduledFor: string | null };

export type PasskeyFieldsFragment = { readonly id: string, readonly credentialId: string, readonly name: string, readonly createdAt: string, readonly lastUsedAt: string | null, readonly synced: boolean };

export type SecondFactorsFieldsFragment = { readonly recoveryCodesLeft: number, readonly removalScheduledFor: string | null, readonly totp: { readonly id: string, readonly confirmedAt: string, readonly lastUsedAt: string | null } | null, readonly passkeys: ReadonlyArray<{ readonly id: string, readonly credentialId: string, readonly name: string, readonly createdAt: string, readonly lastUsedAt: string | null, readonly synced: boolean }> };

export type SecurityEventFieldsFragment = { readonly id: string, readonly type: SecurityEventType, readonly occurredAt: string, readonly ipAddress: string | null, readonly deviceName: string, readonly session: { readonly id: string, readonly current: boolean } | null };

export type DeletionFieldsFragment = { readonly receipt: string, readonly status: AccountDeletionStatus, readonly requestedAt: string, readonly scheduledFor: string, readonly completedAt: string | null };

export type DeletionPreviewFieldsFragment = { readonly wouldCompleteBy: string, readonly removed: ReadonlyArray<{ readonly name: string, readonly description: string, readonly count: number }>, readonly retained: ReadonlyArray<{ readonly name: string, readonly reason: string, readonly retainedFor: string }> };

export type ExportDataMutationVariables = Exact<{
  input: ExportDataInput;
}>;


export type ExportDataMutation = { readonly exportData: { readonly export: unknown, readonly userErrors: ReadonlyArray<{ readonly code: ExportDataErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type DeleteAccountMutationVariables = Exact<{
  input: DeleteAccountInput;
}>;


export type DeleteAccountMutation = { readonly deleteAccount: { readonly deletion: { readonly receipt: string, readonly status: AccountDeletionStatus, readonly requestedAt: string, readonly scheduledFor: string, readonly completedAt: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: DeleteAccountErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type CancelAccountDeletionMutationVariables = Exact<{
  input: CancelAccountDeletionInput;
}>;


export type CancelAccountDeletionMutation = { readonly cancelAccountDeletion: { readonly userErrors: ReadonlyArray<{ readonly code: CancelAccountDeletionErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type SecureAccountMutationVariables = Exact<{
  input: SecureAccountInput;
}>;


export type SecureAccountMutation = { readonly secureAccount: { readonly revokedSessionCount: number, readonly userErrors: ReadonlyArray<{ readonly code: SecureAccountErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type CheckLinkMutationVariables = Exact<{
  input: CheckLinkInput;
}>;


export type CheckLinkMutation = { readonly checkLink: { readonly userErrors: ReadonlyArray<{ readonly code: CheckLinkErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly me: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string } | null };

export type AuthSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type AuthSettingsQuery = { readonly authSettings: { readonly registrationOpen: boolean, readonly emailVerificationRequired: boolean, readonly usernamesEnabled: boolean, readonly secondFactor: SecondFactorPolicy, readonly secondFactorRequiredFrom: string | null, readonly passkeysEnabled: boolean, readonly factorRemovalDelay: number | null, readonly passwordPolicy: { readonly minLength: number, readonly maxLength: number, readonly minStrength: number } } };

export type SecondFactorsQueryVariables = Exact<{ [key: string]: never; }>;


export type SecondFactorsQuery = { readonly me: { readonly id: string, readonly secondFactors: { readonly recoveryCodesLeft: number, readonly removalScheduledFor: string | null, readonly totp: { readonly id: string, readonly confirmedAt: string, readonly lastUsedAt: string | null } | null, readonly passkeys: ReadonlyArray<{ readonly id: string, readonly credentialId: string, readonly name: string, readonly createdAt: string, readonly lastUsedAt: string | null, readonly synced: boolean }> } } | null };

export type SessionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SessionsQuery = { readonly me: { readonly id: string, readonly sessions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string }>, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type SecurityEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SecurityEventsQuery = { readonly me: { readonly id: string, readonly securityEvents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly type: SecurityEventType, readonly occurredAt: string, readonly ipAddress: string | null, readonly deviceName: string, readonly session: { readonly id: string, readonly current: boolean } | null }>, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly type: SecurityEventType, readonly occurredAt: string, readonly ipAddress: string | null, readonly deviceName: string, readonly session: { readonly id: string, readonly current: boolean } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type DeletionPreviewQueryVariables = Exact<{ [key: string]: never; }>;


export type DeletionPreviewQuery = { readonly me: { readonly id: string, readonly email: string, readonly deletionPreview: { readonly wouldCompleteBy: string, readonly removed: ReadonlyArray<{ readonly name: string, readonly description: string, readonly count: number }>, readonly retained: ReadonlyArray<{ readonly name: string, readonly reason: string, readonly retainedFor: string }> } } | null };

export type AccountDeletionQueryVariables = Exact<{
  receipt: string;
}>;


export type AccountDeletionQuery = { readonly accountDeletion: { readonly receipt: string, readonly status: AccountDeletionStatus, readonly requestedAt: string, readonly scheduledFor: string, readonly completedAt: string | null } | null };

export type CompleteLoginMutationVariables = Exact<{
  input: CompleteLoginInput;
}>;


export type CompleteLoginMutation = { readonly completeLogin: { readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: CompleteLoginErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string, readonly retryAt: string | null }> } };

export type StartPasskeyMutationVariables = Exact<{
  input: StartPasskeyInput;
}>;


export type StartPasskeyMutation = { readonly startPasskey: { readonly options: unknown, readonly expiresAt: string | null, readonly userErrors: ReadonlyArray<{ readonly code: StartPasskeyErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type LoginWithPasskeyMutationVariables = Exact<{
  input: LoginWithPasskeyInput;
}>;


export type LoginWithPasskeyMutation = { readonly loginWithPasskey: { readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: LoginWithPasskeyErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type EnrollTotpMutationVariables = Exact<{
  input: EnrollTotpInput;
}>;


export type EnrollTotpMutation = { readonly enrollTotp: { readonly enrollment: { readonly secret: string, readonly uri: string, readonly qrCode: string, readonly expiresAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: EnrollTotpErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type ConfirmTotpMutationVariables = Exact<{
  input: ConfirmTotpInput;
}>;


export type ConfirmTotpMutation = { readonly confirmTotp: { readonly recoveryCodes: ReadonlyArray<string> | null, readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string, readonly secondFactors: { readonly recoveryCodesLeft: number, readonly removalScheduledFor: string | null, readonly totp: { readonly id: string, readonly confirmedAt: string, readonly lastUsedAt: string | null } | null, readonly passkeys: ReadonlyArray<{ readonly id: string, readonly credentialId: string, readonly name: string, readonly createdAt: string, readonly lastUsedAt: string | null, readonly synced: boolean }> } } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ConfirmTotpErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type AddPasskeyMutationVariables = Exact<{
  input: AddPasskeyInput;
}>;


export type AddPasskeyMutation = { readonly addPasskey: { readonly recoveryCodes: ReadonlyArray<string> | null, readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string, readonly secondFactors: { readonly recoveryCodesLeft: number, readonly removalScheduledFor: string | null, readonly totp: { readonly id: string, readonly confirmedAt: string, readonly lastUsedAt: string | null } | null, readonly passkeys: ReadonlyArray<{ readonly id: string, readonly credentialId: string, readonly name: string, readonly createdAt: string, readonly lastUsedAt: string | null, readonly synced: boolean }> } } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly passkey: { readonly id: string, readonly credentialId: string, readonly name: string, readonly createdAt: string, readonly lastUsedAt: string | null, readonly synced: boolean } | null, readonly userErrors: ReadonlyArray<{ readonly code: AddPasskeyErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RemoveFactorMutationVariables = Exact<{
  input: RemoveFactorInput;
}>;


export type RemoveFactorMutation = { readonly removeFactor: { readonly revokedSessionCount: number, readonly user: { readonly id: string, readonly secondFactors: { readonly recoveryCodesLeft: number, readonly removalScheduledFor: string | null, readonly totp: { readonly id: string, readonly confirmedAt: string, readonly lastUsedAt: string | null } | null, readonly passkeys: ReadonlyArray<{ readonly id: string, readonly credentialId: string, readonly name: string, readonly createdAt: string, readonly lastUsedAt: string | null, readonly synced: boolean }> } } | null, readonly userErrors: ReadonlyArray<{ readonly code: RemoveFactorErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RegenerateRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type RegenerateRecoveryCodesMutation = { readonly regenerateRecoveryCodes: { readonly recoveryCodes: ReadonlyArray<string> | null, readonly userErrors: ReadonlyArray<{ readonly code: RegenerateRecoveryCodesErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RequestFactorRemovalMutationVariables = Exact<{
  input: RequestFactorRemovalInput;
}>;


export type RequestFactorRemovalMutation = { readonly requestFactorRemoval: { readonly userErrors: ReadonlyArray<{ readonly code: RequestFactorRemovalErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type ConfirmFactorRemovalMutationVariables = Exact<{
  input: ConfirmFactorRemovalInput;
}>;


export type ConfirmFactorRemovalMutation = { readonly confirmFactorRemoval: { readonly scheduledFor: string | null, readonly userErrors: ReadonlyArray<{ readonly code: ConfirmFactorRemovalErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type CancelFactorRemovalMutationVariables = Exact<{ [key: string]: never; }>;


export type CancelFactorRemovalMutation = { readonly cancelFactorRemoval: { readonly user: { readonly id: string, readonly secondFactors: { readonly recoveryCodesLeft: number, readonly removalScheduledFor: string | null, readonly totp: { readonly id: string, readonly confirmedAt: string, readonly lastUsedAt: string | null } | null, readonly passkeys: ReadonlyArray<{ readonly id: string, readonly credentialId: string, readonly name: string, readonly createdAt: string, readonly lastUsedAt: string | null, readonly synced: boolean }> } } | null, readonly userErrors: ReadonlyArray<{ readonly code: CancelFactorRemovalErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { readonly login: { readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly challenge: { readonly token: string, readonly expiresAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly passkeyOptions: unknown, readonly factorRemovalScheduledFor: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: LoginErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string, readonly retryAt: string | null }> } };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { readonly refreshSession: { readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: RefreshSessionErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type LogoutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutMutation = { readonly logout: { readonly loggedOut: boolean } };

export type RevokeSessionMutationVariables = Exact<{
  input: RevokeSessionInput;
}>;


export type RevokeSessionMutation = { readonly revokeSession: { readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly authenticatedAt: string, readonly methods: ReadonlyArray<AuthenticationMethod>, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: RevokeSessionErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RevokeOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type RevokeOtherSessionsMutation = { readonly revokeOtherSessions: { readonly revokedSessionCount: number } };

export const ViewerFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}}]} as unknown as DocumentNode<ViewerFieldsFragment, unknown>;
export const SessionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}}]} as unknown as DocumentNode<SessionFieldsFragment, unknown>;
export const TokenFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<TokenFieldsFragment, unknown>;
export const LoginChallengeFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LoginChallengeFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LoginChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"passkeyOptions"}},{"kind":"Field","name":{"kind":"Name","value":"factorRemovalScheduledFor"}}]}}]} as unknown as DocumentNode<LoginChallengeFieldsFragment, unknown>;
export const PasskeyFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PasskeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credentialId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}}]} as unknown as DocumentNode<PasskeyFieldsFragment, unknown>;
export const SecondFactorsFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecondFactorsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactors"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passkeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PasskeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"removalScheduledFor"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PasskeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credentialId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}}]} as unknown as DocumentNode<SecondFactorsFieldsFragment, unknown>;
export const SecurityEventFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecurityEventFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecurityEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]}}]} as unknown as DocumentNode<SecurityEventFieldsFragment, unknown>;
export const DeletionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeletionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccountDeletion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"receipt"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledFor"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}}]} as unknown as DocumentNode<DeletionFieldsFragment, unknown>;
export const DeletionPreviewFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeletionPreviewFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccountDeletionPreview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"retained"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retainedFor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"wouldCompleteBy"}}]}}]} as unknown as DocumentNode<DeletionPreviewFieldsFragment, unknown>;
export const RegisterDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Register"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"register"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"verificationRequired"}},{"kind":"Field","name":{"kind":"Name","value":"challenge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LoginChallengeFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LoginChallengeFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LoginChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"passkeyOptions"}},{"kind":"Field","name":{"kind":"Name","value":"factorRemovalScheduledFor"}}]}}]} as unknown as DocumentNode<RegisterMutation, RegisterMutationVariables>;
export const ReauthenticateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Reauthenticate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReauthenticateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reauthenticate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"validUntil"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<ReauthenticateMutation, ReauthenticateMutationVariables>;
export const ChangePasswordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangePassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangePasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changePassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessionCount"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const UpdateProfileDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}}]} as unknown as DocumentNode<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const RequestEmailVerificationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestEmailVerification"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestEmailVerificationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestEmailVerification"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RequestEmailVerificationMutation, RequestEmailVerificationMutationVariables>;
export const VerifyEmailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"VerifyEmail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"VerifyEmailInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"verifyEmail"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<VerifyEmailMutation, VerifyEmailMutationVariables>;
export const CancelEmailChangeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelEmailChange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}}]} as unknown as DocumentNode<CancelEmailChangeMutation, CancelEmailChangeMutationVariables>;
export const RequestPasswordResetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestPasswordReset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestPasswordResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestPasswordReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResetPassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResetPasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resetPassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const ExportDataDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ExportData"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExportDataInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exportData"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"export"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ExportDataMutation, ExportDataMutationVariables>;
export const DeleteAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeletionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeletionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccountDeletion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"receipt"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledFor"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}}]} as unknown as DocumentNode<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const CancelAccountDeletionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelAccountDeletion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelAccountDeletionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelAccountDeletion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CancelAccountDeletionMutation, CancelAccountDeletionMutationVariables>;
export const SecureAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SecureAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SecureAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secureAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokedSessionCount"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SecureAccountMutation, SecureAccountMutationVariables>;
export const CheckLinkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CheckLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CheckLinkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CheckLinkMutation, CheckLinkMutationVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const AuthSettingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuthSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registrationOpen"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerificationRequired"}},{"kind":"Field","name":{"kind":"Name","value":"usernamesEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"passwordPolicy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"minLength"}},{"kind":"Field","name":{"kind":"Name","value":"maxLength"}},{"kind":"Field","name":{"kind":"Name","value":"minStrength"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secondFactor"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactorRequiredFrom"}},{"kind":"Field","name":{"kind":"Name","value":"passkeysEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"factorRemovalDelay"}}]}}]}}]} as unknown as DocumentNode<AuthSettingsQuery, AuthSettingsQueryVariables>;
export const SecondFactorsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SecondFactors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SecondFactorsFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PasskeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credentialId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecondFactorsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactors"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passkeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PasskeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"removalScheduledFor"}}]}}]} as unknown as DocumentNode<SecondFactorsQuery, SecondFactorsQueryVariables>;
export const SessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}}]} as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>;
export const SecurityEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SecurityEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"securityEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SecurityEventFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SecurityEventFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecurityEventFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecurityEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]}}]} as unknown as DocumentNode<SecurityEventsQuery, SecurityEventsQueryVariables>;
export const DeletionPreviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeletionPreview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"deletionPreview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeletionPreviewFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeletionPreviewFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccountDeletionPreview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"retained"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retainedFor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"wouldCompleteBy"}}]}}]} as unknown as DocumentNode<DeletionPreviewQuery, DeletionPreviewQueryVariables>;
export const AccountDeletionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountDeletion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"receipt"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountDeletion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"receipt"},"value":{"kind":"Variable","name":{"kind":"Name","value":"receipt"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeletionFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeletionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccountDeletion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"receipt"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledFor"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}}]} as unknown as DocumentNode<AccountDeletionQuery, AccountDeletionQueryVariables>;
export const CompleteLoginDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CompleteLogin"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompleteLoginInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"completeLogin"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<CompleteLoginMutation, CompleteLoginMutationVariables>;
export const StartPasskeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartPasskey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartPasskeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startPasskey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"options"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<StartPasskeyMutation, StartPasskeyMutationVariables>;
export const LoginWithPasskeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LoginWithPasskey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginWithPasskeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"loginWithPasskey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<LoginWithPasskeyMutation, LoginWithPasskeyMutationVariables>;
export const EnrollTotpDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EnrollTotp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EnrollTotpInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enrollTotp"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enrollment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"uri"}},{"kind":"Field","name":{"kind":"Name","value":"qrCode"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<EnrollTotpMutation, EnrollTotpMutationVariables>;
export const ConfirmTotpDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmTotp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmTotpInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmTotp"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SecondFactorsFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodes"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PasskeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credentialId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecondFactorsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactors"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passkeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PasskeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"removalScheduledFor"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<ConfirmTotpMutation, ConfirmTotpMutationVariables>;
export const AddPasskeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddPasskey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddPasskeyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addPasskey"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SecondFactorsFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passkey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PasskeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodes"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PasskeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credentialId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecondFactorsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactors"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passkeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PasskeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"removalScheduledFor"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<AddPasskeyMutation, AddPasskeyMutationVariables>;
export const RemoveFactorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveFactor"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveFactorInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeFactor"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SecondFactorsFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessionCount"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PasskeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credentialId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecondFactorsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactors"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passkeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PasskeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"removalScheduledFor"}}]}}]} as unknown as DocumentNode<RemoveFactorMutation, RemoveFactorMutationVariables>;
export const RegenerateRecoveryCodesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RegenerateRecoveryCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"regenerateRecoveryCodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recoveryCodes"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RegenerateRecoveryCodesMutation, RegenerateRecoveryCodesMutationVariables>;
export const RequestFactorRemovalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestFactorRemoval"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RequestFactorRemovalInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestFactorRemoval"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RequestFactorRemovalMutation, RequestFactorRemovalMutationVariables>;
export const ConfirmFactorRemovalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmFactorRemoval"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmFactorRemovalInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmFactorRemoval"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scheduledFor"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmFactorRemovalMutation, ConfirmFactorRemovalMutationVariables>;
export const CancelFactorRemovalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelFactorRemoval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelFactorRemoval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"secondFactors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SecondFactorsFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PasskeyFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Passkey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credentialId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"synced"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecondFactorsFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactors"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totp"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"passkeys"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PasskeyFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesLeft"}},{"kind":"Field","name":{"kind":"Name","value":"removalScheduledFor"}}]}}]} as unknown as DocumentNode<CancelFactorRemovalMutation, CancelFactorRemovalMutationVariables>;
export const LoginDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Login"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"login"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"challenge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LoginChallengeFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LoginChallengeFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LoginChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"passkeyOptions"}},{"kind":"Field","name":{"kind":"Name","value":"factorRemovalScheduledFor"}}]}}]} as unknown as DocumentNode<LoginMutation, LoginMutationVariables>;
export const RefreshSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefreshSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const LogoutDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Logout"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"logout"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"loggedOut"}}]}}]}}]} as unknown as DocumentNode<LogoutMutation, LogoutMutationVariables>;
export const RevokeSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"methods"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}}]} as unknown as DocumentNode<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const RevokeOtherSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeOtherSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeOtherSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokedSessionCount"}}]}}]}}]} as unknown as DocumentNode<RevokeOtherSessionsMutation, RevokeOtherSessionsMutationVariables>;