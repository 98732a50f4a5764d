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

/// What somebody sends who followed the link in the mail.
#[derive(InputObject)]
pub(in crate::graphql) struct ResetPasswordInput {
    /// The `token` of the link.
    token: String,
    /// The password to come, exactly.
    new_password: String,
}

/// The user whose password was set; nobody is signed in.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ResetPasswordPayload {
    /// Whose password was set. Sessions, events and the like are visible once signed in.
    user: Option<User>,
    /// What the user has to correct.
    user_errors: Vec<ResetPasswordUserError>,
}

user_error! {
    /// What is wrong with the link or the new password.
    ResetPasswordUserError(ResetPasswordErrorCode)
}

/// What is wrong with the link or the new password.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ResetPasswordErrorCode {
    /// The link is none of ours, was used, or was replaced by a newer one.
    TokenInvalid,
    /// The link is genuine, and its time ran out.
    TokenExpired,
    /// The password has too few characters.
    PasswordTooShort,
    /// The password has too many characters.
    PasswordTooLong,
    /// The password holds characters that cannot be used.
    PasswordInvalid,
    /// The password would be guessed too soon.
    PasswordTooWeak,
    /// The password is one of the most used.
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
