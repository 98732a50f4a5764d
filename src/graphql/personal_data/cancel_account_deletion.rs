//! `cancelAccountDeletion`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::graphql::accounts::token_text::TOKEN_INVALID;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::personal_data::{CancelAccountDeletionError, cancel_account_deletion};

/// Input for `cancelAccountDeletion`.
#[derive(InputObject)]
pub(in crate::graphql) struct CancelAccountDeletionInput {
    /// The value of the link's `token` query parameter.
    token: String,
}

/// Payload of `cancelAccountDeletion`. The account is kept if `userErrors` is empty.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CancelAccountDeletionPayload {
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<CancelAccountDeletionUserError>,
}

user_error! {
    /// An error of `cancelAccountDeletion`.
    CancelAccountDeletionUserError(CancelAccountDeletionErrorCode)
}

/// Error codes of `cancelAccountDeletion`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum CancelAccountDeletionErrorCode {
    /// The link is invalid or already used.
    TokenInvalid,
    /// The account has already been removed.
    TokenExpired,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: CancelAccountDeletionInput,
) -> Result<CancelAccountDeletionPayload> {
    let outcome = cancel_account_deletion(ctx.app(), &input.token, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(()) => CancelAccountDeletionPayload {
            user_errors: Vec::new(),
        },
        Err(errors) => {
            CancelAccountDeletionPayload::refused(errors.into_iter().map(Into::into).collect())
        }
    })
}

impl CancelAccountDeletionPayload {
    fn refused(user_errors: Vec<CancelAccountDeletionUserError>) -> Self {
        Self { user_errors }
    }
}

impl From<CancelAccountDeletionError> for CancelAccountDeletionUserError {
    fn from(error: CancelAccountDeletionError) -> Self {
        use CancelAccountDeletionErrorCode as Code;
        match error {
            CancelAccountDeletionError::Invalid => {
                Self::new(Code::TokenInvalid, TOKEN_INVALID, "token")
            }
            CancelAccountDeletionError::TooLate => Self::new(
                Code::TokenExpired,
                "The account has already been removed.",
                "token",
            ),
        }
    }
}
