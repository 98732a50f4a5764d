//! What can be changed. A table of contents: each field calls the file of its name.

use async_graphql::{Context, Object, Result};

use super::accounts::{
    cancel_email_change, change_password, login, register, request_email_verification,
    request_password_reset, reset_password, update_profile, verify_email,
};
use super::personal_data::{
    cancel_account_deletion, check_link, delete_account, export_data, secure_account,
};
use super::sessions::{logout, refresh_session, revoke_other_sessions, revoke_session};

/// What can be changed. What a user can get wrong comes back as `userErrors`; then nothing was changed.
pub(crate) struct Mutation;

/// What can be changed. What a user can get wrong comes back as `userErrors`; then nothing was changed.
#[Object]
impl Mutation {
    /// Makes an account and signs it in; where verification is required, mails a link instead. Signing in ends a
    /// session whose access token is sent along: the new one takes its place.
    async fn register(
        &self,
        ctx: &Context<'_>,
        input: register::RegisterInput,
    ) -> Result<register::RegisterPayload> {
        register::resolve(ctx, input).await
    }

    /// Signs in with e-mail address or username, and password. A session whose access token is sent along ends: the
    /// new one takes its place.
    async fn login(
        &self,
        ctx: &Context<'_>,
        input: login::LoginInput,
    ) -> Result<login::LoginPayload> {
        login::resolve(ctx, input).await
    }

    /// Exchanges a refresh token for a new pair. Safe to call twice with the same token within the reuse
    /// interval (30 seconds unless set otherwise); after that it ends the session, because somebody may
    /// have stolen the token.
    async fn refresh_session(
        &self,
        ctx: &Context<'_>,
        input: refresh_session::RefreshSessionInput,
    ) -> Result<refresh_session::RefreshSessionPayload> {
        refresh_session::resolve(ctx, input).await
    }

    /// Ends the current session: that of the access token, of the refresh cookie if the access token is missing or
    /// invalid, and of the refresh token in the input. True also if there was none or it had ended before.
    async fn logout(
        &self,
        ctx: &Context<'_>,
        input: Option<logout::LogoutInput>,
    ) -> Result<logout::LogoutPayload> {
        logout::resolve(ctx, input).await
    }

    /// Ends one of the signed-in user's sessions, the current one included.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        input: revoke_session::RevokeSessionInput,
    ) -> Result<revoke_session::RevokeSessionPayload> {
        revoke_session::resolve(ctx, input).await
    }

    /// Ends every session of the signed-in user but the current one.
    async fn revoke_other_sessions(
        &self,
        ctx: &Context<'_>,
    ) -> Result<revoke_other_sessions::RevokeOtherSessionsPayload> {
        revoke_other_sessions::resolve(ctx).await
    }

    /// Replaces the signed-in user's password, and the current session: credentials from before no longer
    /// work.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        input: change_password::ChangePasswordInput,
    ) -> Result<change_password::ChangePasswordPayload> {
        change_password::resolve(ctx, input).await
    }

    /// Mails a link to choose a new password, if the address has an account; says the same, in the same time, if not.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        input: request_password_reset::RequestPasswordResetInput,
    ) -> Result<request_password_reset::RequestPasswordResetPayload> {
        request_password_reset::resolve(ctx, input).await
    }

    /// Sets a new password by the link that was mailed. Ends every session, voids every other link to the account's
    /// address, and signs nobody in.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        input: reset_password::ResetPasswordInput,
    ) -> Result<reset_password::ResetPasswordPayload> {
        reset_password::resolve(ctx, input).await
    }

    /// Changes the signed-in user's profile: all of what is sent, or nothing.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        input: update_profile::UpdateProfileInput,
    ) -> Result<update_profile::UpdateProfilePayload> {
        update_profile::resolve(ctx, input).await
    }

    /// Mails a new link that verifies an address. Signed in, it leads to `/verify-email`. Signed out, it leads to
    /// `/reset-password`: choosing a password verifies the address. The answer is the same whether or not the address
    /// has an account; `ALREADY_VERIFIED` is only for the signed-in user's own.
    async fn request_email_verification(
        &self,
        ctx: &Context<'_>,
        input: request_email_verification::RequestEmailVerificationInput,
    ) -> Result<request_email_verification::RequestEmailVerificationPayload> {
        request_email_verification::resolve(ctx, input).await
    }

    /// Confirms a new account's address, or the new address of an e-mail change. The latter ends the user's other
    /// sessions.
    async fn verify_email(
        &self,
        ctx: &Context<'_>,
        input: verify_email::VerifyEmailInput,
    ) -> Result<verify_email::VerifyEmailPayload> {
        verify_email::resolve(ctx, input).await
    }

    /// Keeps the signed-in user's address and voids the link that was mailed to the other one.
    async fn cancel_email_change(
        &self,
        ctx: &Context<'_>,
    ) -> Result<cancel_email_change::CancelEmailChangePayload> {
        cancel_email_change::resolve(ctx).await
    }

    /// Everything held about the signed-in user, as one JSON document (GDPR articles 15 and 20).
    async fn export_data(
        &self,
        ctx: &Context<'_>,
        input: export_data::ExportDataInput,
    ) -> Result<export_data::ExportDataPayload> {
        export_data::resolve(ctx, input).await
    }

    /// Starts the permanent deletion of the signed-in user's account and all data tied to it, and ends
    /// every session.
    async fn delete_account(
        &self,
        ctx: &Context<'_>,
        input: delete_account::DeleteAccountInput,
    ) -> Result<delete_account::DeleteAccountPayload> {
        delete_account::resolve(ctx, input).await
    }

    /// Keeps an account whose deletion has not been carried out yet. Takes the token from the deletion notice.
    async fn cancel_account_deletion(
        &self,
        ctx: &Context<'_>,
        input: cancel_account_deletion::CancelAccountDeletionInput,
    ) -> Result<cancel_account_deletion::CancelAccountDeletionPayload> {
        cancel_account_deletion::resolve(ctx, input).await
    }

    /// The `this was not me` link of a security notice: ends every session, turns the password off, undoes the
    /// address change or the deletion it is about, and mails a link to choose a new password. The link of a
    /// verification mail removes the account if its address was never verified.
    async fn secure_account(
        &self,
        ctx: &Context<'_>,
        input: secure_account::SecureAccountInput,
    ) -> Result<secure_account::SecureAccountPayload> {
        secure_account::resolve(ctx, input).await
    }

    /// Checks whether an emailed link works, before a page shows a form for it. Consumes nothing and returns nothing about
    /// the account. A mutation, so that the token is never part of a URL and the answer is never cached.
    async fn check_link(
        &self,
        ctx: &Context<'_>,
        input: check_link::CheckLinkInput,
    ) -> Result<check_link::CheckLinkPayload> {
        check_link::resolve(ctx, input).await
    }
}
