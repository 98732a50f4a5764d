import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import * as documents from "./generated/documents.js";
import type { MutationOutcome, Outcome, UserErrorsOf } from "./outcome.js";

type Execute = <TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
) => Promise<Outcome<TData>>;

/** The payload of a mutation with one root field. */
type PayloadOf<TData> = TData[keyof TData];

type WithInput<TData, TVariables extends { input: unknown }> = (
  input: TVariables["input"],
) => Promise<MutationOutcome<PayloadOf<TData>>>;

type WithoutInput<TData> = () => Promise<MutationOutcome<PayloadOf<TData>>>;

/** The mutations of the service, one method each, under their names in the schema. */
export interface Operations {
  readonly register: WithInput<documents.RegisterMutation, documents.RegisterMutationVariables>;
  readonly login: WithInput<documents.LoginMutation, documents.LoginMutationVariables>;
  readonly completeLogin: WithInput<documents.CompleteLoginMutation, documents.CompleteLoginMutationVariables>;
  readonly loginWithPasskey: WithInput<
    documents.LoginWithPasskeyMutation,
    documents.LoginWithPasskeyMutationVariables
  >;
  readonly logout: WithoutInput<documents.LogoutMutation>;
  readonly reauthenticate: WithInput<documents.ReauthenticateMutation, documents.ReauthenticateMutationVariables>;
  readonly changePassword: WithInput<documents.ChangePasswordMutation, documents.ChangePasswordMutationVariables>;
  readonly startPasskey: WithInput<documents.StartPasskeyMutation, documents.StartPasskeyMutationVariables>;
  readonly addPasskey: WithInput<documents.AddPasskeyMutation, documents.AddPasskeyMutationVariables>;
  readonly enrollTotp: WithInput<documents.EnrollTotpMutation, documents.EnrollTotpMutationVariables>;
  readonly confirmTotp: WithInput<documents.ConfirmTotpMutation, documents.ConfirmTotpMutationVariables>;
  readonly removeFactor: WithInput<documents.RemoveFactorMutation, documents.RemoveFactorMutationVariables>;
  readonly regenerateRecoveryCodes: WithoutInput<documents.RegenerateRecoveryCodesMutation>;
  readonly requestFactorRemoval: WithInput<
    documents.RequestFactorRemovalMutation,
    documents.RequestFactorRemovalMutationVariables
  >;
  readonly confirmFactorRemoval: WithInput<
    documents.ConfirmFactorRemovalMutation,
    documents.ConfirmFactorRemovalMutationVariables
  >;
  readonly cancelFactorRemoval: WithoutInput<documents.CancelFactorRemovalMutation>;
  readonly updateProfile: WithInput<documents.UpdateProfileMutation, documents.UpdateProfileMutationVariables>;
  readonly verifyEmail: WithInput<documents.VerifyEmailMutation, documents.VerifyEmailMutationVariables>;
  readonly requestEmailVerification: WithInput<
    documents.RequestEmailVerificationMutation,
    documents.RequestEmailVerificationMutationVariables
  >;
  readonly cancelEmailChange: WithoutInput<documents.CancelEmailChangeMutation>;
  readonly requestPasswordReset: WithInput<
    documents.RequestPasswordResetMutation,
    documents.RequestPasswordResetMutationVariables
  >;
  readonly resetPassword: WithInput<documents.ResetPasswordMutation, documents.ResetPasswordMutationVariables>;
  readonly revokeSession: WithInput<documents.RevokeSessionMutation, documents.RevokeSessionMutationVariables>;
  readonly revokeOtherSessions: WithoutInput<documents.RevokeOtherSessionsMutation>;
  readonly exportData: WithInput<documents.ExportDataMutation, documents.ExportDataMutationVariables>;
  readonly deleteAccount: WithInput<documents.DeleteAccountMutation, documents.DeleteAccountMutationVariables>;
  readonly cancelAccountDeletion: WithInput<
    documents.CancelAccountDeletionMutation,
    documents.CancelAccountDeletionMutationVariables
  >;
  readonly checkLink: WithInput<documents.CheckLinkMutation, documents.CheckLinkMutationVariables>;
  readonly secureAccount: WithInput<documents.SecureAccountMutation, documents.SecureAccountMutationVariables>;
}

/** The methods over `execute`. */
export function operations(execute: Execute): Operations {
  const withInput =
    <TData extends object, TVariables extends { input: unknown }>(
      document: TypedDocumentNode<TData, TVariables>,
    ): WithInput<TData, TVariables> =>
    async (input) =>
      mutationOutcome(await execute(document, { input } as TVariables));
  const withoutInput =
    <TData extends object>(document: TypedDocumentNode<TData, Record<string, never>>): WithoutInput<TData> =>
    async () =>
      mutationOutcome(await execute(document, {}));
  return {
    register: withInput(documents.RegisterDocument),
    login: withInput(documents.LoginDocument),
    completeLogin: withInput(documents.CompleteLoginDocument),
    loginWithPasskey: withInput(documents.LoginWithPasskeyDocument),
    logout: withoutInput(documents.LogoutDocument),
    reauthenticate: withInput(documents.ReauthenticateDocument),
    changePassword: withInput(documents.ChangePasswordDocument),
    startPasskey: withInput(documents.StartPasskeyDocument),
    addPasskey: withInput(documents.AddPasskeyDocument),
    enrollTotp: withInput(documents.EnrollTotpDocument),
    confirmTotp: withInput(documents.ConfirmTotpDocument),
    removeFactor: withInput(documents.RemoveFactorDocument),
    regenerateRecoveryCodes: withoutInput(documents.RegenerateRecoveryCodesDocument),
    requestFactorRemoval: withInput(documents.RequestFactorRemovalDocument),
    confirmFactorRemoval: withInput(documents.ConfirmFactorRemovalDocument),
    cancelFactorRemoval: withoutInput(documents.CancelFactorRemovalDocument),
    updateProfile: withInput(documents.UpdateProfileDocument),
    verifyEmail: withInput(documents.VerifyEmailDocument),
    requestEmailVerification: withInput(documents.RequestEmailVerificationDocument),
    cancelEmailChange: withoutInput(documents.CancelEmailChangeDocument),
    requestPasswordReset: withInput(documents.RequestPasswordResetDocument),
    resetPassword: withInput(documents.ResetPasswordDocument),
    revokeSession: withInput(documents.RevokeSessionDocument),
    revokeOtherSessions: withoutInput(documents.RevokeOtherSessionsDocument),
    exportData: withInput(documents.ExportDataDocument),
    deleteAccount: withInput(documents.DeleteAccountDocument),
    cancelAccountDeletion: withInput(documents.CancelAccountDeletionDocument),
    checkLink: withInput(documents.CheckLinkDocument),
    secureAccount: withInput(documents.SecureAccountDocument),
  };
}

/** The payload of the one root field of a mutation, or what the user has to correct. */
export function mutationOutcome<TData extends object>(outcome: Outcome<TData>): MutationOutcome<PayloadOf<TData>> {
  if (!outcome.ok) return outcome;
  const payload = Object.values(outcome.data)[0] as PayloadOf<TData>;
  const { userErrors } = payload as { readonly userErrors?: readonly unknown[] };
  return userErrors !== undefined && userErrors.length > 0
    ? { ok: false, userErrors: userErrors as UserErrorsOf<PayloadOf<TData>>, payload }
    : { ok: true, payload };
}
