//! `secureAccount`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::graphql::accounts::token_text::{TOKEN_EXPIRED, TOKEN_INVALID};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::personal_data::secure_account;
use crate::tokens::OneTimeTokenError;

/// What somebody sends who followed the "this was not me" link of a notice.
#[derive(InputObject)]
pub(in crate::graphql) struct SecureAccountInput {
    /// The `token` of the link.
    token: String,
}

/// What was done: every session is ended, and a mail with a link to choose a new password is on its way.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SecureAccountPayload {
    /// How many sessions were ended.
    revoked_session_count: i32,
    /// What the user has to correct.
    user_errors: Vec<SecureAccountUserError>,
}

user_error! {
    /// What is wrong with the link.
    SecureAccountUserError(SecureAccountErrorCode)
}

/// What is wrong with the link.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum SecureAccountErrorCode {
    /// The link is none of ours, was used, or was replaced by a newer one.
    TokenInvalid,
    /// The link is genuine, and its time ran out.
    TokenExpired,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: SecureAccountInput,
) -> Result<SecureAccountPayload> {
    let outcome = secure_account(ctx.app(), &input.token, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(ended) => SecureAccountPayload {
            revoked_session_count: i32::try_from(ended).unwrap_or(i32::MAX),
            user_errors: Vec::new(),
        },
        Err(errors) => SecureAccountPayload::refused(errors.into_iter().map(Into::into).collect()),
    })
}

impl SecureAccountPayload {
    fn refused(user_errors: Vec<SecureAccountUserError>) -> Self {
        Self {
            revoked_session_count: 0,
            user_errors,
        }
    }
}

impl From<OneTimeTokenError> for SecureAccountUserError {
    fn from(error: OneTimeTokenError) -> Self {
        use SecureAccountErrorCode as Code;
        match error {
            OneTimeTokenError::Invalid => Self::new(Code::TokenInvalid, TOKEN_INVALID, "token"),
            OneTimeTokenError::Expired => Self::new(Code::TokenExpired, TOKEN_EXPIRED, "token"),
        }
    }
}
