/**
 * The types of the schema that have no `id`: graphcache stores them inside of what they belong to. Spread it into `keys` of
 * `cacheExchange` from `@urql/exchange-graphcache`.
 */
export const graphcacheKeys = Object.fromEntries(
  [
    "AccountDeletion",
    "AccountDeletionPreview",
    "AuthSettings",
    "AuthTokens",
    "DataCategory",
    "PasswordPolicy",
    "RetainedData",
    ...[
      "CancelAccountDeletion",
      "CancelEmailChange",
      "ChangePassword",
      "CheckLink",
      "DeleteAccount",
      "SecureAccount",
      "ExportData",
      "Login",
      "Reauthenticate",
      "RefreshSession",
      "Register",
      "RequestEmailVerification",
      "RequestPasswordReset",
      "ResetPassword",
      "RevokeSession",
      "UpdateProfile",
      "VerifyEmail",
    ].flatMap((mutation) => [`${mutation}Payload`, `${mutation}UserError`]),
    "LogoutPayload",
    "RevokeOtherSessionsPayload",
  ].map((type) => [type, (): null => null] as const),
);
