//! `secureAccount`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::graphql::accounts::token_text::{TOKEN_EXPIRED, TOKEN_INVALID};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::personal_data::secure_account;
use crate::tokens::OneTimeTokenError;

/// Input for `secureAccount`.
#[derive(InputObject)]
pub(in crate::graphql) struct SecureAccountInput {
    /// The value of the link's `token` query parameter.
    token: String,
}

/// Payload of `secureAccount`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SecureAccountPayload {
    /// How many sessions were revoked.
    revoked_session_count: i32,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<SecureAccountUserError>,
}

user_error! {
    /// An error of `secureAccount`.
    SecureAccountUserError(SecureAccountErrorCode)
}

/// Error codes of `secureAccount`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum SecureAccountErrorCode {
    /// The link is invalid, already used, or superseded by a newer one.
    TokenInvalid,
    /// The link has expired. Offer a password reset instead.
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
