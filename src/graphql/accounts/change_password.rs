//! `changePassword`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use super::password_text::password_text;
use crate::accounts::{ChangePassword, ChangePasswordError, PasswordChanged, change_password};
use crate::graphql::TokenDelivery;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Session, User};
use crate::passwords::PasswordError;

/// Input for `changePassword`.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangePasswordInput {
    /// The user's current password, exactly as typed. With a second factor, a recent authentication is required, too.
    current_password: String,
    /// The new password. It must meet `authSettings.passwordPolicy` and is used exactly as sent, without trimming.
    new_password: String,
    /// Whether to revoke the user's other sessions, too.
    #[graphql(default_with = "Some(true)")]
    revoke_other_sessions: Option<bool>,
}

/// Payload of `changePassword`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ChangePasswordPayload {
    /// The user whose password changed. Null if `userErrors` is not empty.
    user: Option<User>,
    /// The new session, which replaces the current one. Null if `userErrors` is not empty.
    session: Option<Session>,
    /// The tokens of the new session. Null in cookie mode or if `userErrors` is not empty.
    tokens: Option<AuthTokens>,
    /// How many other sessions were revoked. The replaced session is not included.
    revoked_session_count: i32,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<ChangePasswordUserError>,
}

user_error! {
    /// An error of `changePassword`.
    ChangePasswordUserError(ChangePasswordErrorCode)
}

/// Error codes of `changePassword`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ChangePasswordErrorCode {
    /// `currentPassword` is not the current password, or the password was changed at the same moment.
    CurrentPasswordIncorrect,
    /// The new password equals the current one.
    PasswordUnchanged,
    /// The new password has fewer than `PasswordPolicy.minLength` characters.
    PasswordTooShort,
    /// The new password has more than `PasswordPolicy.maxLength` characters.
    PasswordTooLong,
    /// The new password contains control characters or unassigned code points.
    PasswordInvalid,
    /// The new password is too easy to guess: its zxcvbn score is below `PasswordPolicy.minStrength`.
    PasswordTooWeak,
    /// The new password is on the list of common passwords.
    PasswordCompromised,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: ChangePasswordInput,
) -> Result<ChangePasswordPayload> {
    let viewer = ctx.viewer()?;
    let command = ChangePassword {
        current_password: input.current_password.into(),
        new_password: input.new_password.into(),
        revoke_other_sessions: input.revoke_other_sessions.unwrap_or(true),
    };
    let outcome = change_password(ctx.app(), &viewer, command, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(changed) => ChangePasswordPayload::changed(changed, &ctx.request().delivery),
        Err(errors) => ChangePasswordPayload::refused(errors.into_iter().map(Into::into).collect()),
    })
}

impl ChangePasswordPayload {
    fn changed(changed: PasswordChanged, delivery: &TokenDelivery) -> Self {
        let viewer = changed.opened.viewer();
        Self {
            user: Some(User::new(changed.user, viewer)),
            session: Some(Session::new(changed.opened.session, &viewer)),
            tokens: delivery.deliver(changed.opened.tokens),
            revoked_session_count: i32::try_from(changed.revoked_sessions).unwrap_or(i32::MAX),
            user_errors: Vec::new(),
        }
    }

    fn refused(user_errors: Vec<ChangePasswordUserError>) -> Self {
        Self {
            user: None,
            session: None,
            tokens: None,
            revoked_session_count: 0,
            user_errors,
        }
    }
}

impl From<ChangePasswordError> for ChangePasswordUserError {
    fn from(error: ChangePasswordError) -> Self {
        use ChangePasswordErrorCode as Code;
        match error {
            ChangePasswordError::CurrentPasswordIncorrect => Self::new(
                Code::CurrentPasswordIncorrect,
                "This is not your current password. Try again.",
                "currentPassword",
            ),
            ChangePasswordError::Unchanged => Self::new(
                Code::PasswordUnchanged,
                "The new password is the same as the current one. Choose a different one.",
                "newPassword",
            ),
            ChangePasswordError::NewPassword(password_error) => Self::new(
                password_error.into(),
                password_text(password_error),
                "newPassword",
            ),
        }
    }
}

impl From<PasswordError> for ChangePasswordErrorCode {
    fn from(password_error: PasswordError) -> Self {
        match password_error {
            PasswordError::TooShort(_) => Self::PasswordTooShort,
            PasswordError::TooLong(_) => Self::PasswordTooLong,
            PasswordError::Invalid => Self::PasswordInvalid,
            PasswordError::Compromised => Self::PasswordCompromised,
            PasswordError::TooWeak => Self::PasswordTooWeak,
        }
    }
}
