/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How far a deletion is. */
export type AccountDeletionStatus =
  /** It was called off; the account stays. */
  | 'CANCELLED'
  /** It was carried out; nothing about the person is left. */
  | 'COMPLETED'
  /** It waits for its time; nobody can sign in. */
  | 'PENDING'
  /** A state that this version of the service does not know: a newer version recorded it. */
  | 'UNKNOWN';

/** Why the account cannot be kept. */
export type CancelAccountDeletionErrorCode =
  /** The link is genuine, and the account has been removed. */
  | 'TOKEN_EXPIRED'
  /** The link is none of ours, or was used. */
  | 'TOKEN_INVALID';

/** What somebody sends who followed the link in the deletion notice. */
export type CancelAccountDeletionInput = {
  /** The `token` of the link. */
  readonly token: string;
};

/** Why no change of address was called off. */
export type CancelEmailChangeErrorCode =
  /** No address waits to be verified. */
  | 'NO_PENDING_CHANGE';

/** What can be wrong with a change of password. */
export type ChangePasswordErrorCode =
  /** That is not the current password, or it was changed a moment ago. */
  | 'CURRENT_PASSWORD_INCORRECT'
  /** The new password is one of the most used. */
  | 'PASSWORD_COMPROMISED'
  /** The new password holds characters that cannot be used. */
  | 'PASSWORD_INVALID'
  /** The new password has too many characters. */
  | 'PASSWORD_TOO_LONG'
  /** The new password has too few characters. */
  | 'PASSWORD_TOO_SHORT'
  /** The new password would be guessed too soon. */
  | 'PASSWORD_TOO_WEAK'
  /** The new password is the current one. */
  | 'PASSWORD_UNCHANGED';

/** What a signed-in user types who wants another password. */
export type ChangePasswordInput = {
  /** The password so far, exactly. */
  readonly currentPassword: string;
  /** A password that meets `authSettings.passwordPolicy`. Taken exactly as sent. */
  readonly newPassword: string;
  /** Ends the user's other sessions. */
  readonly revokeOtherSessions?: boolean | null | undefined;
};

/** Why the link does not work. */
export type CheckLinkErrorCode =
  /** The link is genuine and has expired. For `CANCEL_ACCOUNT_DELETION`: the account has been removed. */
  | 'TOKEN_EXPIRED'
  /** The link is invalid, is of another kind, was used already, or was superseded by a newer one. */
  | 'TOKEN_INVALID';

/** Input for `checkLink`. */
export type CheckLinkInput = {
  /** The mutation that the link is for. */
  readonly kind: LinkKind;
  /** The `token` of the link. */
  readonly token: string;
};

/** What can be wrong with a request to delete the account. */
export type DeleteAccountErrorCode =
  /** What was typed is not the account's e-mail address. */
  | 'CONFIRMATION_MISMATCH'
  /** That is not the current password, or it was changed a moment ago. */
  | 'CURRENT_PASSWORD_INCORRECT';

/** What a signed-in user types who wants the account removed. */
export type DeleteAccountInput = {
  /** The account's e-mail address, typed out. */
  readonly confirmation: string;
  /** The current password, exactly. */
  readonly currentPassword: string;
};

/** What is wrong with a request for the data. */
export type ExportDataErrorCode =
  /** That is not the current password, or it was changed a moment ago. */
  | 'CURRENT_PASSWORD_INCORRECT'
  /** The data exceeds 16 MiB. The operator can export it with `gatehouse export`. */
  | 'EXPORT_TOO_LARGE';

/** What a signed-in user types who wants everything that is held. */
export type ExportDataInput = {
  /** The current password, exactly. */
  readonly currentPassword: string;
};

/** The mutation that an emailed link is for. */
export type LinkKind =
  /** A link to `/cancel-deletion`, for `cancelAccountDeletion`. */
  | 'CANCEL_ACCOUNT_DELETION'
  /** A link to `/reset-password`, for `resetPassword`. */
  | 'RESET_PASSWORD'
  /** A link to `/secure-account`, for `secureAccount`. */
  | 'SECURE_ACCOUNT'
  /** A link to `/verify-email`, for `verifyEmail`. */
  | 'VERIFY_EMAIL';

/** Why somebody is not let in. */
export type LoginErrorCode =
  /**
   * Too many wrong passwords were tried, from here or from everywhere. No password from here is checked until
   * `retryAt`. Choosing a new password by `requestPasswordReset` ends the wait at once. Says nothing about
   * whether there is such an account.
   */
  | 'ACCOUNT_LOCKED'
  /** The credentials are right, and the account is about to be removed. */
  | 'DELETION_PENDING'
  /** The credentials are right, and the link in the mail to the account's address was not followed yet. */
  | 'EMAIL_NOT_VERIFIED'
  /** There is no such account, or that is not its password; which of the two is not told. */
  | 'INVALID_CREDENTIALS';

/** What somebody types who wants in. */
export type LoginInput = {
  /**
   * The `deviceToken` of the latest sign-in on this device, if there was one. A device that the account knows
   * can sign in while the account is locked for others. Omit it in cookie mode.
   */
  readonly deviceToken?: string | null | undefined;
  /** E-mail address or username, in any case. */
  readonly identifier: string;
  /** The password, exactly. */
  readonly password: string;
};

/** Why a session does not go on. Whichever it is: sign in again. */
export type RefreshSessionErrorCode =
  /** The session was ended: by its owner, or because this token had been used before. */
  | 'SESSION_REVOKED'
  /** The session was not used for too long, or has lasted as long as it may. */
  | 'TOKEN_EXPIRED'
  /** It is no refresh token of this service, or its session is long gone. */
  | 'TOKEN_INVALID';

/** What a client sends whose access token has run out, or is about to. */
export type RefreshSessionInput = {
  /** The newest refresh token of the session. Left out when it travels as a cookie. */
  readonly refreshToken?: string | null | undefined;
};

/** What can be wrong with a registration. */
export type RegisterErrorCode =
  /** It is no e-mail address. */
  | 'EMAIL_INVALID'
  /** Another account has this address. */
  | 'EMAIL_TAKEN'
  /** It is no BCP 47 language tag. */
  | 'LOCALE_INVALID'
  /** The name holds control characters or characters that turn the direction of text, or nothing visible. */
  | 'NAME_INVALID'
  /** The name has more than 128 characters. */
  | 'NAME_TOO_LONG'
  /** The password is one of the most used. */
  | 'PASSWORD_COMPROMISED'
  /** The password holds characters that cannot be used. */
  | 'PASSWORD_INVALID'
  /** The password has too many characters. */
  | 'PASSWORD_TOO_LONG'
  /** The password has too few characters. */
  | 'PASSWORD_TOO_SHORT'
  /** The password would be guessed too soon. */
  | 'PASSWORD_TOO_WEAK'
  /** Nobody can register here. */
  | 'REGISTRATION_CLOSED'
  /** It is no username, or usernames are not used here. */
  | 'USERNAME_INVALID'
  /** Another account has this username. */
  | 'USERNAME_TAKEN';

/** What somebody types who wants an account. */
export type RegisterInput = {
  /** An e-mail address that no other account has. */
  readonly email: string;
  /**
   * BCP 47 language tag, such as en or pt-BR, or the name of a system's locale, such as `pt_BR`. Anything else is left
   * out.
   */
  readonly locale?: string | null | undefined;
  /** What to call the person: up to 128 characters. */
  readonly name?: string | null | undefined;
  /** A password that meets `authSettings.passwordPolicy`. Taken exactly as sent. */
  readonly password: string;
  /** 3 to 32 letters, digits, `.`, `_` or `-`, that no other account has in any case. */
  readonly username?: string | null | undefined;
};

/** What is wrong with a request for a verification link. */
export type RequestEmailVerificationErrorCode =
  /** It is the signed-in user's own address, and verified. */
  | 'ALREADY_VERIFIED'
  /** It is not an e-mail address. */
  | 'EMAIL_INVALID';

/** Whose verification link is asked for. */
export type RequestEmailVerificationInput = {
  /** The signed-in user's own (or pending) address when left out. */
  readonly email?: string | null | undefined;
};

/** What is wrong with a request for a new password. */
export type RequestPasswordResetErrorCode =
  /** It is not an e-mail address. */
  | 'EMAIL_INVALID';

/** What somebody types who forgot the password. */
export type RequestPasswordResetInput = {
  /** The address of the account. */
  readonly email: string;
};

/** What is wrong with the link or the new password. */
export type ResetPasswordErrorCode =
  /** The password is one of the most used. */
  | 'PASSWORD_COMPROMISED'
  /** The password holds characters that cannot be used. */
  | 'PASSWORD_INVALID'
  /** The password has too many characters. */
  | 'PASSWORD_TOO_LONG'
  /** The password has too few characters. */
  | 'PASSWORD_TOO_SHORT'
  /** The password would be guessed too soon. */
  | 'PASSWORD_TOO_WEAK'
  /** The link is genuine, and its time ran out. */
  | 'TOKEN_EXPIRED'
  /** The link is none of ours, was used, or was replaced by a newer one. */
  | 'TOKEN_INVALID';

/** What somebody sends who followed the link in the mail. */
export type ResetPasswordInput = {
  /** The password to come, exactly. */
  readonly newPassword: string;
  /** The `token` of the link. */
  readonly token: string;
};

/** What can be wrong with the session named. */
export type RevokeSessionErrorCode =
  /** The user has no session of this id, or it has ended. */
  | 'SESSION_NOT_FOUND';

/** Which session is to end. */
export type RevokeSessionInput = {
  /** The `id` of one of `me.sessions`. */
  readonly sessionId: string | number;
};

/** What is wrong with the link. */
export type SecureAccountErrorCode =
  /** The link is genuine, and its time ran out. */
  | 'TOKEN_EXPIRED'
  /** The link is none of ours, was used, or was replaced by a newer one. */
  | 'TOKEN_INVALID';

/** What somebody sends who followed the "this was not me" link of a notice. */
export type SecureAccountInput = {
  /** The `token` of the link. */
  readonly token: string;
};

/** What kind of thing happened to an account. More kinds may come. */
export type SecurityEventType =
  /**
   * After too many wrong passwords, no password is checked for a while: from there, or, if the account is under
   * attack, from devices and networks that it does not know.
   */
  | 'ACCOUNT_LOCKED'
  /** The owner said, by the link of a notice, that something was not them; every session was ended. */
  | 'ACCOUNT_SECURED'
  /** Everything held about the account was handed out. */
  | 'DATA_EXPORTED'
  /** The deletion of the account was called off. */
  | 'DELETION_CANCELLED'
  /** The deletion of the account was asked for. */
  | 'DELETION_REQUESTED'
  /** The e-mail address was changed. */
  | 'EMAIL_CHANGED'
  /** A change of the address was called off before it took effect. */
  | 'EMAIL_CHANGE_CANCELLED'
  /** Another address was given, and waits to be verified. */
  | 'EMAIL_CHANGE_REQUESTED'
  /** The address was shown to be its owner's, by a link mailed to it. */
  | 'EMAIL_VERIFIED'
  /** Somebody signed out. */
  | 'LOGGED_OUT'
  /** Somebody tried to sign in with a wrong password. */
  | 'LOGIN_FAILED'
  /** Somebody signed in with the right password. */
  | 'LOGIN_SUCCEEDED'
  /** The password was changed, after the current one was given. */
  | 'PASSWORD_CHANGED'
  /** A new password was chosen by such a link. */
  | 'PASSWORD_RESET'
  /** A link to choose a new password was asked for. */
  | 'PASSWORD_RESET_REQUESTED'
  /** Name, username, picture or language were changed. */
  | 'PROFILE_UPDATED'
  /**
   * A refresh token was used again after it had been replaced, so somebody may have stolen it; its
   * session was ended.
   */
  | 'REFRESH_TOKEN_REUSED'
  /** The account was made. */
  | 'REGISTERED'
  /** Other sessions were ended from this one. */
  | 'SESSION_REVOKED'
  /** A kind of event that this version of the service does not know: a newer version recorded it. */
  | 'UNKNOWN';

/** What can be wrong with a change of the profile. */
export type UpdateProfileErrorCode =
  /** It is no https address. */
  | 'AVATAR_URL_INVALID'
  /** That is not the current password, or it was changed a moment ago. */
  | 'CURRENT_PASSWORD_INCORRECT'
  /** A new address needs the current password. */
  | 'CURRENT_PASSWORD_REQUIRED'
  /** It is no e-mail address. */
  | 'EMAIL_INVALID'
  /** Another account has this address. */
  | 'EMAIL_TAKEN'
  /** It is no BCP 47 language tag. */
  | 'LOCALE_INVALID'
  /** The name holds control characters or characters that turn the direction of text, or nothing visible. */
  | 'NAME_INVALID'
  /** The name has more than 128 characters. */
  | 'NAME_TOO_LONG'
  /** It is no username, or usernames are not used here. */
  | 'USERNAME_INVALID'
  /** Another account has this username. */
  | 'USERNAME_TAKEN';

/**
 * What a signed-in user types who wants to change the profile. A field left out stays as it is; null
 * clears it where it can be empty.
 */
export type UpdateProfileInput = {
  /** An https address of up to 2,048 characters. */
  readonly avatarUrl?: string | null | undefined;
  /** The current password; only a new e-mail address needs it. */
  readonly currentPassword?: string | null | undefined;
  /**
   * Needs currentPassword. Takes effect once the link mailed to the new address is followed; at once where
   * nothing is verified.
   */
  readonly email?: string | null | undefined;
  /** BCP 47 language tag, such as en or pt-BR. */
  readonly locale?: string | null | undefined;
  /** What to call the person: up to 128 characters. */
  readonly name?: string | null | undefined;
  /** 3 to 32 letters, digits, `.`, `_` or `-`, that no other account has in any case. */
  readonly username?: string | null | undefined;
};

/** What is wrong with the link. */
export type VerifyEmailErrorCode =
  /** The link is genuine, and another account has the address by now. */
  | 'EMAIL_TAKEN'
  /** The link is genuine, and its time ran out. */
  | 'TOKEN_EXPIRED'
  /** The link is none of ours, was used, or was replaced by a newer one. */
  | 'TOKEN_INVALID';

/** What somebody sends who followed the link in the mail. */
export type VerifyEmailInput = {
  /** The `token` of the link. */
  readonly token: string;
};

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { readonly register: { readonly verificationRequired: boolean, readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: RegisterErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { readonly changePassword: { readonly revokedSessionCount: number, readonly user: { readonly id: string, readonly passwordChangedAt: string } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: ChangePasswordErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

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

export type SessionFieldsFragment = { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string };

export type TokenFieldsFragment = { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null };

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


export type AuthSettingsQuery = { readonly authSettings: { readonly registrationOpen: boolean, readonly emailVerificationRequired: boolean, readonly usernamesEnabled: boolean, readonly passwordPolicy: { readonly minLength: number, readonly maxLength: number, readonly minStrength: number } } };

export type SessionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SessionsQuery = { readonly me: { readonly id: string, readonly sessions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly current: boolean, readonly createdAt: string, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string }>, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

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

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { readonly login: { readonly user: { readonly id: string, readonly email: string, readonly emailVerified: boolean, readonly pendingEmail: string | null, readonly username: string | null, readonly name: string | null, readonly avatarUrl: string | null, readonly locale: string | null, readonly createdAt: string, readonly updatedAt: string, readonly lastLoginAt: string | null, readonly passwordChangedAt: string } | null, readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: LoginErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string, readonly retryAt: string | null }> } };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { readonly refreshSession: { readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly tokens: { readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string, readonly deviceToken: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: RefreshSessionErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type LogoutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogoutMutation = { readonly logout: { readonly loggedOut: boolean } };

export type RevokeSessionMutationVariables = Exact<{
  input: RevokeSessionInput;
}>;


export type RevokeSessionMutation = { readonly revokeSession: { readonly session: { readonly id: string, readonly current: boolean, readonly createdAt: string, readonly lastUsedAt: string, readonly expiresAt: string, readonly endedAt: string | null, readonly ipAddress: string | null, readonly userAgent: string | null, readonly deviceName: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: RevokeSessionErrorCode, readonly field: ReadonlyArray<string> | null, readonly message: string }> } };

export type RevokeOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type RevokeOtherSessionsMutation = { readonly revokeOtherSessions: { readonly revokedSessionCount: number } };

export const ViewerFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}}]} as unknown as DocumentNode<ViewerFieldsFragment, unknown>;
export const SessionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}}]} as unknown as DocumentNode<SessionFieldsFragment, unknown>;
export const TokenFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<TokenFieldsFragment, unknown>;
export const SecurityEventFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecurityEventFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecurityEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]}}]} as unknown as DocumentNode<SecurityEventFieldsFragment, unknown>;
export const DeletionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeletionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccountDeletion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"receipt"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledFor"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}}]} as unknown as DocumentNode<DeletionFieldsFragment, unknown>;
export const DeletionPreviewFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeletionPreviewFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccountDeletionPreview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"retained"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retainedFor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"wouldCompleteBy"}}]}}]} as unknown as DocumentNode<DeletionPreviewFieldsFragment, unknown>;
export const RegisterDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Register"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"register"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"verificationRequired"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<RegisterMutation, RegisterMutationVariables>;
export const ChangePasswordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangePassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangePasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changePassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"revokedSessionCount"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
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
export const AuthSettingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuthSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registrationOpen"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerificationRequired"}},{"kind":"Field","name":{"kind":"Name","value":"usernamesEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"passwordPolicy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"minLength"}},{"kind":"Field","name":{"kind":"Name","value":"maxLength"}},{"kind":"Field","name":{"kind":"Name","value":"minStrength"}}]}}]}}]}}]} as unknown as DocumentNode<AuthSettingsQuery, AuthSettingsQueryVariables>;
export const SessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}}]} as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>;
export const SecurityEventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SecurityEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"securityEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SecurityEventFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SecurityEventFields"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SecurityEventFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SecurityEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]}}]} as unknown as DocumentNode<SecurityEventsQuery, SecurityEventsQueryVariables>;
export const DeletionPreviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeletionPreview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"deletionPreview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeletionPreviewFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeletionPreviewFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccountDeletionPreview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removed"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"retained"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retainedFor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"wouldCompleteBy"}}]}}]} as unknown as DocumentNode<DeletionPreviewQuery, DeletionPreviewQueryVariables>;
export const AccountDeletionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountDeletion"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"receipt"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountDeletion"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"receipt"},"value":{"kind":"Variable","name":{"kind":"Name","value":"receipt"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeletionFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeletionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AccountDeletion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"receipt"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"scheduledFor"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}}]} as unknown as DocumentNode<AccountDeletionQuery, AccountDeletionQueryVariables>;
export const LoginDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Login"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"login"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ViewerFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ViewerFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"pendingEmail"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUrl"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"passwordChangedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<LoginMutation, LoginMutationVariables>;
export const RefreshSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefreshSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthTokens"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"accessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}}]}}]} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const LogoutDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Logout"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"logout"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"loggedOut"}}]}}]}}]} as unknown as DocumentNode<LogoutMutation, LogoutMutationVariables>;
export const RevokeSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ipAddress"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}}]}}]} as unknown as DocumentNode<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const RevokeOtherSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeOtherSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeOtherSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokedSessionCount"}}]}}]}}]} as unknown as DocumentNode<RevokeOtherSessionsMutation, RevokeOtherSessionsMutationVariables>;