//! The mutations: each field calls the file of its name.

use async_graphql::{Context, MergedObject, Object, Result};

use super::accounts::{
    cancel_email_change, change_password, login, reauthenticate, register,
    request_email_verification, request_password_reset, reset_password, update_profile,
    verify_email,
};
use super::personal_data::{
    cancel_account_deletion, check_link, delete_account, export_data, secure_account,
};
use super::second_factors::FactorMutation;
use super::sessions::{logout, refresh_session, revoke_other_sessions, revoke_session};

/// The operations that change data. If `userErrors` of a payload is not empty, nothing was changed. Other errors are
/// GraphQL errors with a code in `extensions.code`, such as `UNAUTHENTICATED`, `RATE_LIMITED` or `BAD_REQUEST`.
#[derive(Default, MergedObject)]
pub(crate) struct Mutation(AccountMutation, FactorMutation);

/// The mutations on accounts, sessions and personal data.
#[derive(Default)]
pub(crate) struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Creates an account and signs the user in. Emails a verification link unless verification is disabled. If
    /// verification is required, no session is created before the user follows the link, and the response is the same
    /// for an address that is taken. A session whose access token is sent along is revoked and replaced.
    async fn register(
        &self,
        ctx: &Context<'_>,
        input: register::RegisterInput,
    ) -> Result<register::RegisterPayload> {
        register::resolve(ctx, input).await
    }

    /// Signs in with an email address or username and a password. A sign-in from an unknown device is reported to the
    /// user by email. A session whose access token is sent along is revoked and replaced.
    async fn login(
        &self,
        ctx: &Context<'_>,
        input: login::LoginInput,
    ) -> Result<login::LoginPayload> {
        login::resolve(ctx, input).await
    }

    /// Exchanges a refresh token for a new access token and refresh token. Repeating the call with the same refresh
    /// token within the reuse interval (30 seconds by default) returns the same refresh token. Later reuse of a
    /// replaced token revokes the session and notifies the user by email, because the token may be stolen.
    async fn refresh_session(
        &self,
        ctx: &Context<'_>,
        input: refresh_session::RefreshSessionInput,
    ) -> Result<refresh_session::RefreshSessionPayload> {
        refresh_session::resolve(ctx, input).await
    }

    /// Revokes the current session: that of the access token; of the refresh cookie if the access token is missing or
    /// invalid; and of the refresh token in the input. Succeeds also without an active session.
    async fn logout(
        &self,
        ctx: &Context<'_>,
        input: Option<logout::LogoutInput>,
    ) -> Result<logout::LogoutPayload> {
        logout::resolve(ctx, input).await
    }

    /// Revokes one of the signed-in user's sessions, which may be the current one.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        input: revoke_session::RevokeSessionInput,
    ) -> Result<revoke_session::RevokeSessionPayload> {
        revoke_session::resolve(ctx, input).await
    }

    /// Revokes all sessions of the signed-in user except the current one.
    async fn revoke_other_sessions(
        &self,
        ctx: &Context<'_>,
    ) -> Result<revoke_other_sessions::RevokeOtherSessionsPayload> {
        revoke_other_sessions::resolve(ctx).await
    }

    /// Proves a credential of the signed-in user again, before a sensitive operation: the password, or, if the account has a
    /// second factor, that. Replaces the current session with a new one, whose tokens state the time (`auth_time`). Wrong
    /// passwords and codes count towards the lockout.
    async fn reauthenticate(
        &self,
        ctx: &Context<'_>,
        input: reauthenticate::ReauthenticateInput,
    ) -> Result<reauthenticate::ReauthenticatePayload> {
        reauthenticate::resolve(ctx, input).await
    }

    /// Changes the signed-in user's password. Replaces the current session with a new one, revokes the other sessions
    /// unless `revokeOtherSessions` is false, and notifies the user by email.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        input: change_password::ChangePasswordInput,
    ) -> Result<change_password::ChangePasswordPayload> {
        change_password::resolve(ctx, input).await
    }

    /// Emails a link to choose a new password if the address has an account. The response and its timing are the same
    /// if it has none.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        input: request_password_reset::RequestPasswordResetInput,
    ) -> Result<request_password_reset::RequestPasswordResetPayload> {
        request_password_reset::resolve(ctx, input).await
    }

    /// Sets a new password with the token of an emailed link. Revokes every session of the user, invalidates all other
    /// links sent to the account's address, and notifies the user by email. Does not sign the user in.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        input: reset_password::ResetPasswordInput,
    ) -> Result<reset_password::ResetPasswordPayload> {
        reset_password::resolve(ctx, input).await
    }

    /// Changes the signed-in user's profile: either all submitted fields or none. A new email address requires
    /// `currentPassword`; Gatehouse sends a link to the new address and a notice to the old one.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        input: update_profile::UpdateProfileInput,
    ) -> Result<update_profile::UpdateProfilePayload> {
        update_profile::resolve(ctx, input).await
    }

    /// Emails a new verification link. With a session, the link leads to `/verify-email`. Without one, it leads to
    /// `/reset-password`, because setting a password also verifies the address. The response is the same whether or not
    /// the address has an account, unless it is the signed-in user's own.
    async fn request_email_verification(
        &self,
        ctx: &Context<'_>,
        input: request_email_verification::RequestEmailVerificationInput,
    ) -> Result<request_email_verification::RequestEmailVerificationPayload> {
        request_email_verification::resolve(ctx, input).await
    }

    /// Verifies the email address of a new account, or completes an email change, with the token of an emailed link.
    /// Completing a change revokes the user's other sessions.
    async fn verify_email(
        &self,
        ctx: &Context<'_>,
        input: verify_email::VerifyEmailInput,
    ) -> Result<verify_email::VerifyEmailPayload> {
        verify_email::resolve(ctx, input).await
    }

    /// Cancels the signed-in user's pending email change and invalidates the link sent to the new address.
    async fn cancel_email_change(
        &self,
        ctx: &Context<'_>,
    ) -> Result<cancel_email_change::CancelEmailChangePayload> {
        cancel_email_change::resolve(ctx).await
    }

    /// Returns all data stored about the signed-in user as one JSON document (GDPR articles 15 and 20). Requires the
    /// current password.
    async fn export_data(
        &self,
        ctx: &Context<'_>,
        input: export_data::ExportDataInput,
    ) -> Result<export_data::ExportDataPayload> {
        export_data::resolve(ctx, input).await
    }

    /// Schedules the permanent deletion of the signed-in user's account and all its data. Requires the current
    /// password. Revokes every session and emails a link to cancel the deletion.
    async fn delete_account(
        &self,
        ctx: &Context<'_>,
        input: delete_account::DeleteAccountInput,
    ) -> Result<delete_account::DeleteAccountPayload> {
        delete_account::resolve(ctx, input).await
    }

    /// Cancels a scheduled deletion with the token of the link in the deletion email. The user can then sign in again.
    async fn cancel_account_deletion(
        &self,
        ctx: &Context<'_>,
        input: cancel_account_deletion::CancelAccountDeletionInput,
    ) -> Result<cancel_account_deletion::CancelAccountDeletionPayload> {
        cancel_account_deletion::resolve(ctx, input).await
    }

    /// Secures an account with the token of a "This wasn't me" link in a security notice. Revokes every session,
    /// disables the password, reverts the email change or cancels the deletion that the notice reported, and emails a
    /// link to choose a new password. If the link is from a verification email and the address was never verified, the
    /// account is removed.
    async fn secure_account(
        &self,
        ctx: &Context<'_>,
        input: secure_account::SecureAccountInput,
    ) -> Result<secure_account::SecureAccountPayload> {
        secure_account::resolve(ctx, input).await
    }

    /// Checks whether an emailed link works, before a page shows a form for it. Neither consumes the link nor returns
    /// data about the account. It is a mutation so that the token is never part of a URL and the response is never
    /// cached.
    async fn check_link(
        &self,
        ctx: &Context<'_>,
        input: check_link::CheckLinkInput,
    ) -> Result<check_link::CheckLinkPayload> {
        check_link::resolve(ctx, input).await
    }
}
