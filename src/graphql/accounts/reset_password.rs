//! `resetPassword`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use super::password_text::password_text;
use super::token_text::{TOKEN_EXPIRED, TOKEN_INVALID};
use crate::accounts::{ResetPasswordError, reset_password};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::User;
use crate::passwords::PasswordError;
use crate::tokens::OneTimeTokenError;

/// Input for `resetPassword`.
#[derive(InputObject)]
pub(in crate::graphql) struct ResetPasswordInput {
    /// The value of the link's `token` query parameter.
    token: String,
    /// The new password. It must meet `authSettings.passwordPolicy` and is used exactly as sent, without trimming.
    new_password: String,
}

/// Payload of `resetPassword`. The user is not signed in.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ResetPasswordPayload {
    /// The user whose password was set. Null if `userErrors` is not empty. `sessions`, `securityEvents` and
    /// `deletionPreview` require signing in.
    user: Option<User>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<ResetPasswordUserError>,
}

user_error! {
    /// An error of `resetPassword`.
    ResetPasswordUserError(ResetPasswordErrorCode)
}

/// Error codes of `resetPassword`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ResetPasswordErrorCode {
    /// The link is invalid, already used, or superseded by a newer one.
    TokenInvalid,
    /// The link has expired. Offer a new one (`requestPasswordReset`).
    TokenExpired,
    /// The password has fewer than `PasswordPolicy.minLength` characters.
    PasswordTooShort,
    /// The password has more than `PasswordPolicy.maxLength` characters.
    PasswordTooLong,
    /// The password contains control characters or unassigned code points.
    PasswordInvalid,
    /// The password is too easy to guess: its zxcvbn score is below `PasswordPolicy.minStrength`.
    PasswordTooWeak,
    /// The password is on the list of common passwords.
    PasswordCompromised,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: ResetPasswordInput,
) -> Result<ResetPasswordPayload> {
    let new_password = input.new_password.into();
    let client = &ctx.request().client;
    let outcome = reset_password(ctx.app(), &input.token, &new_password, client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(user) => ResetPasswordPayload {
            user: Some(User::by_link(user, None)),
            user_errors: Vec::new(),
        },
        Err(errors) => ResetPasswordPayload::refused(errors.into_iter().map(Into::into).collect()),
    })
}

impl ResetPasswordPayload {
    fn refused(user_errors: Vec<ResetPasswordUserError>) -> Self {
        Self {
            user: None,
            user_errors,
        }
    }
}

impl From<ResetPasswordError> for ResetPasswordUserError {
    fn from(error: ResetPasswordError) -> Self {
        use ResetPasswordErrorCode as Code;
        match error {
            ResetPasswordError::Token(OneTimeTokenError::Invalid) => {
                Self::new(Code::TokenInvalid, TOKEN_INVALID, "token")
            }
            ResetPasswordError::Token(OneTimeTokenError::Expired) => {
                Self::new(Code::TokenExpired, TOKEN_EXPIRED, "token")
            }
            ResetPasswordError::NewPassword(password_error) => Self::new(
                password_error.into(),
                password_text(password_error),
                "newPassword",
            ),
        }
    }
}

impl From<PasswordError> for ResetPasswordErrorCode {
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
