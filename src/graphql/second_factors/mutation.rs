//! The mutations on second factors: each field calls the file of its name.

use async_graphql::{Context, Object, Result};

use super::{
    add_passkey, cancel_factor_removal, complete_login, confirm_factor_removal, confirm_totp,
    enroll_totp, login_with_passkey, regenerate_recovery_codes, remove_factor,
    request_factor_removal, start_passkey,
};

/// The mutations on second factors, and the sign-ins that use them.
#[derive(Default)]
pub(crate) struct FactorMutation;

#[Object]
impl FactorMutation {
    /// Completes a sign-in with the challenge of `login` and the proof of a second factor: a code of the authenticator app, a
    /// recovery code or a passkey. The session that the sign-in replaces is revoked.
    async fn complete_login(
        &self,
        ctx: &Context<'_>,
        input: complete_login::CompleteLoginInput,
    ) -> Result<complete_login::CompleteLoginPayload> {
        complete_login::resolve(ctx, input).await
    }

    /// Returns the options of one ceremony with a passkey, for the browser. The answer is accepted once, within 5 minutes, and
    /// only for the purpose and in the session or sign-in for which the options were issued.
    async fn start_passkey(
        &self,
        ctx: &Context<'_>,
        input: start_passkey::StartPasskeyInput,
    ) -> Result<start_passkey::StartPasskeyPayload> {
        start_passkey::resolve(ctx, input).await
    }

    /// Signs in with a passkey alone, without an email address or password. A session whose access token is sent along is
    /// revoked and replaced.
    async fn login_with_passkey(
        &self,
        ctx: &Context<'_>,
        input: login_with_passkey::LoginWithPasskeyInput,
    ) -> Result<login_with_passkey::LoginWithPasskeyPayload> {
        login_with_passkey::resolve(ctx, input).await
    }

    /// Creates a secret for an authenticator app (RFC 6238). It is shown this once, and counts as a second factor after
    /// `confirmTotp`; an app in use works until then. Requires a recent authentication, or a sign-in that must enroll a
    /// factor.
    async fn enroll_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] input: enroll_totp::EnrollTotpInput,
    ) -> Result<enroll_totp::EnrollTotpPayload> {
        enroll_totp::resolve(ctx, input).await
    }

    /// Confirms the authenticator app of `enrollTotp` with its first code. Replaces an earlier app, and the current session
    /// with a new one; or completes the sign-in. Notifies the user by email. With the first factor, returns recovery codes.
    async fn confirm_totp(
        &self,
        ctx: &Context<'_>,
        input: confirm_totp::ConfirmTotpInput,
    ) -> Result<confirm_totp::ConfirmTotpPayload> {
        confirm_totp::resolve(ctx, input).await
    }

    /// Adds the passkey that the browser created with the options of `startPasskey`. Replaces the current session with a new
    /// one, or completes the sign-in. Notifies the user by email. With the first factor, returns recovery codes.
    async fn add_passkey(
        &self,
        ctx: &Context<'_>,
        input: add_passkey::AddPasskeyInput,
    ) -> Result<add_passkey::AddPasskeyPayload> {
        add_passkey::resolve(ctx, input).await
    }

    /// Removes the authenticator app or a passkey of the signed-in user; with the last factor, the recovery codes. Requires a
    /// recent authentication. Notifies the user by email.
    async fn remove_factor(
        &self,
        ctx: &Context<'_>,
        input: remove_factor::RemoveFactorInput,
    ) -> Result<remove_factor::RemoveFactorPayload> {
        remove_factor::resolve(ctx, input).await
    }

    /// Replaces every recovery code of the signed-in user. Requires a recent authentication. Notifies the user by email.
    async fn regenerate_recovery_codes(
        &self,
        ctx: &Context<'_>,
    ) -> Result<regenerate_recovery_codes::RegenerateRecoveryCodesPayload> {
        regenerate_recovery_codes::resolve(ctx).await
    }

    /// Emails a link to a user who has entered the password but lost every second factor; the link is for
    /// `confirmFactorRemoval`. Takes the challenge of `login`, which can still be completed.
    async fn request_factor_removal(
        &self,
        ctx: &Context<'_>,
        input: request_factor_removal::RequestFactorRemovalInput,
    ) -> Result<request_factor_removal::RequestFactorRemovalPayload> {
        request_factor_removal::resolve(ctx, input).await
    }

    /// Schedules the removal of every second factor and recovery code with the token of an emailed link, after
    /// `AuthSettings.factorRemovalDelay`, and notifies the user by email. Until then, proving, adding or removing a factor, a new
    /// password or address, `secureAccount` and `cancelFactorRemoval` cancel it. Then every session is revoked, and the password
    /// alone signs in.
    async fn confirm_factor_removal(
        &self,
        ctx: &Context<'_>,
        input: confirm_factor_removal::ConfirmFactorRemovalInput,
    ) -> Result<confirm_factor_removal::ConfirmFactorRemovalPayload> {
        confirm_factor_removal::resolve(ctx, input).await
    }

    /// Cancels the scheduled removal of the signed-in user's second factors. Notifies the user by email.
    async fn cancel_factor_removal(
        &self,
        ctx: &Context<'_>,
    ) -> Result<cancel_factor_removal::CancelFactorRemovalPayload> {
        cancel_factor_removal::resolve(ctx).await
    }
}
