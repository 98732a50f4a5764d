//! `confirmFactorRemoval`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::confirm_factor_removal;
use crate::graphql::accounts::token_text::{TOKEN_EXPIRED, TOKEN_INVALID};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::scalars::DateTime;
use crate::tokens::OneTimeTokenError;

/// Input for `confirmFactorRemoval`.
#[derive(InputObject)]
pub(in crate::graphql) struct ConfirmFactorRemovalInput {
    /// The value of the link's `token` query parameter.
    token: String,
}

/// Payload of `confirmFactorRemoval`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ConfirmFactorRemovalPayload {
    /// When the second factors will be removed. Null if `userErrors` is not empty.
    scheduled_for: Option<DateTime>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<ConfirmFactorRemovalUserError>,
}

user_error! {
    /// An error of `confirmFactorRemoval`.
    ConfirmFactorRemovalUserError(ConfirmFactorRemovalErrorCode)
}

/// Error codes of `confirmFactorRemoval`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum ConfirmFactorRemovalErrorCode {
    /// The link is invalid, already used, superseded by newer ones, or void: because the password, the address or a factor was
    /// changed, a factor was used, or removals are off. Sign in again and offer a new one (`requestFactorRemoval`).
    TokenInvalid,
    /// The link has expired. Sign in again and offer a new one (`requestFactorRemoval`).
    TokenExpired,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: ConfirmFactorRemovalInput,
) -> Result<ConfirmFactorRemovalPayload> {
    let client = &ctx.request().client;
    let outcome = confirm_factor_removal(ctx.app(), &input.token, client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(scheduled_for) => ConfirmFactorRemovalPayload {
            scheduled_for: Some(scheduled_for.into()),
            user_errors: Vec::new(),
        },
        Err(errors) => ConfirmFactorRemovalPayload {
            scheduled_for: None,
            user_errors: errors.into_iter().map(Into::into).collect(),
        },
    })
}

impl From<OneTimeTokenError> for ConfirmFactorRemovalUserError {
    fn from(error: OneTimeTokenError) -> Self {
        use ConfirmFactorRemovalErrorCode as Code;
        match error {
            OneTimeTokenError::Invalid => Self::new(Code::TokenInvalid, TOKEN_INVALID, "token"),
            OneTimeTokenError::Expired => Self::new(Code::TokenExpired, TOKEN_EXPIRED, "token"),
        }
    }
}
