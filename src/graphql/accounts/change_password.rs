//! `changePassword`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use super::password_text::password_text;
use crate::accounts::{ChangePassword, ChangePasswordError, PasswordChanged, change_password};
use crate::graphql::TokenDelivery;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Session, User};
use crate::passwords::PasswordError;

/// What a signed-in user types who wants another password.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangePasswordInput {
    /// The password so far, exactly.
    current_password: String,
    /// A password that meets `authSettings.passwordPolicy`. Taken exactly as sent.
    new_password: String,
    /// Ends the user's other sessions.
    #[graphql(default_with = "Some(true)")]
    revoke_other_sessions: Option<bool>,
}

/// The session that goes on, or what is wrong.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ChangePasswordPayload {
    /// Whose password was changed.
    user: Option<User>,
    /// A new session in place of the current one: credentials from before the change no longer work.
    session: Option<Session>,
    /// The credentials of that session.
    tokens: Option<AuthTokens>,
    /// How many other sessions were ended.
    revoked_session_count: i32,
    /// What the user has to correct.
    user_errors: Vec<ChangePasswordUserError>,
}

user_error! {
    /// What is wrong with a change of password.
    ChangePasswordUserError(ChangePasswordErrorCode)
}

/// What can be wrong with a change of password.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ChangePasswordErrorCode {
    /// That is not the current password, or it was changed a moment ago.
    CurrentPasswordIncorrect,
    /// The new password is the current one.
    PasswordUnchanged,
    /// The new password has too few characters.
    PasswordTooShort,
    /// The new password has too many characters.
    PasswordTooLong,
    /// The new password holds characters that cannot be used.
    PasswordInvalid,
    /// The new password would be guessed too soon.
    PasswordTooWeak,
    /// The new password is one of the most used.
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
                "This is not the current password.",
                "currentPassword",
            ),
            ChangePasswordError::Unchanged => Self::new(
                Code::PasswordUnchanged,
                "The new password is the same as the current one.",
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
