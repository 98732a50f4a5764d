//! `verifyEmail`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use super::token_text::{TOKEN_EXPIRED, TOKEN_INVALID};
use crate::accounts::{VerifyEmailError, verify_email};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::User;
use crate::tokens::OneTimeTokenError;

/// What somebody sends who followed the link in the mail.
#[derive(InputObject)]
pub(in crate::graphql) struct VerifyEmailInput {
    /// The `token` of the link.
    token: String,
}

/// The user whose address was verified.
#[derive(SimpleObject)]
pub(in crate::graphql) struct VerifyEmailPayload {
    /// Whose address was verified. Sessions, events and the like are visible once signed in.
    user: Option<User>,
    /// What the user has to correct.
    user_errors: Vec<VerifyEmailUserError>,
}

user_error! {
    /// What is wrong with the link.
    VerifyEmailUserError(VerifyEmailErrorCode)
}

/// What is wrong with the link.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum VerifyEmailErrorCode {
    /// The link is none of ours, was used, or was replaced by a newer one.
    TokenInvalid,
    /// The link is genuine, and its time ran out.
    TokenExpired,
    /// The link is genuine, and another account has the address by now.
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
                "Another account has this address by now.",
                "",
            ),
        }
    }
}
