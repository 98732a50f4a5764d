//! `verifyEmail`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use super::token_text::{TOKEN_EXPIRED, TOKEN_INVALID};
use crate::accounts::{VerifyEmailError, verify_email};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::User;
use crate::tokens::OneTimeTokenError;

/// Input for `verifyEmail`.
#[derive(InputObject)]
pub(in crate::graphql) struct VerifyEmailInput {
    /// The value of the link's `token` query parameter.
    token: String,
}

/// Payload of `verifyEmail`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct VerifyEmailPayload {
    /// The user whose email address was verified. Null if `userErrors` is not empty. `sessions`, `securityEvents` and
    /// `deletionPreview` require signing in.
    user: Option<User>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<VerifyEmailUserError>,
}

user_error! {
    /// An error of `verifyEmail`.
    VerifyEmailUserError(VerifyEmailErrorCode)
}

/// Error codes of `verifyEmail`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum VerifyEmailErrorCode {
    /// The link is invalid, already used, or superseded by a newer one.
    TokenInvalid,
    /// The link has expired. Offer a new one (`requestEmailVerification`).
    TokenExpired,
    /// Another account has registered this email address in the meantime.
    EmailTaken,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: VerifyEmailInput,
) -> Result<VerifyEmailPayload> {
    ctx.check_cookies()?;
    let viewer = ctx.viewer_if_any();
    let client = &ctx.request().client;
    let outcome = verify_email(ctx.app(), viewer.as_ref(), &input.token, client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(user) => VerifyEmailPayload {
            user: Some(User::by_link(user, viewer)),
            user_errors: Vec::new(),
        },
        Err(errors) => VerifyEmailPayload::refused(errors.into_iter().map(Into::into).collect()),
    })
}

impl VerifyEmailPayload {
    fn refused(user_errors: Vec<VerifyEmailUserError>) -> Self {
        Self {
            user: None,
            user_errors,
        }
    }
}

impl From<VerifyEmailError> for VerifyEmailUserError {
    fn from(error: VerifyEmailError) -> Self {
        use VerifyEmailErrorCode as Code;
        match error {
            VerifyEmailError::Token(OneTimeTokenError::Invalid) => {
                Self::new(Code::TokenInvalid, TOKEN_INVALID, "token")
            }
            VerifyEmailError::Token(OneTimeTokenError::Expired) => {
                Self::new(Code::TokenExpired, TOKEN_EXPIRED, "token")
            }
            VerifyEmailError::EmailTaken => Self::new(
                Code::EmailTaken,
                "Another account now has this email address. Use another address.",
                "",
            ),
        }
    }
}
