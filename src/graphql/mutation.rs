//! What can be changed. A table of contents: each field calls the file of its name.

use async_graphql::{Context, Object, Result};

use super::accounts::{change_password, login, register, update_profile};
use super::personal_data::delete_account;
use super::sessions::{logout, refresh_session, revoke_other_sessions, revoke_session};

/// What can be changed. What a user can get wrong comes back as `userErrors`; then nothing was changed.
pub(crate) struct Mutation;

/// What can be changed. What a user can get wrong comes back as `userErrors`; then nothing was changed.
#[Object]
impl Mutation {
    /// Makes an account and signs it in.
    async fn register(
        &self,
        ctx: &Context<'_>,
        input: register::RegisterInput,
    ) -> Result<register::RegisterPayload> {
        register::resolve(ctx, input).await
    }

    /// Signs in with e-mail address or username, and password.
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

    /// Ends the current session. Never an error: true also when there was none or it had ended before.
    async fn logout(&self, ctx: &Context<'_>) -> Result<logout::LogoutPayload> {
        logout::resolve(ctx).await
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

    /// Changes the signed-in user's profile: all of what is sent, or nothing.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        input: update_profile::UpdateProfileInput,
    ) -> Result<update_profile::UpdateProfilePayload> {
        update_profile::resolve(ctx, input).await
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
}
