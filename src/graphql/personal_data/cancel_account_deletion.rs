//! `cancelAccountDeletion`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::graphql::accounts::token_text::TOKEN_INVALID;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::personal_data::{CancelAccountDeletionError, cancel_account_deletion};

/// What somebody sends who followed the link in the deletion notice.
#[derive(InputObject)]
pub(in crate::graphql) struct CancelAccountDeletionInput {
    /// The `token` of the link.
    token: String,
}

/// Empty when the account stays.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CancelAccountDeletionPayload {
    /// What the user has to correct.
    user_errors: Vec<CancelAccountDeletionUserError>,
}

user_error! {
    /// Why the account cannot be kept.
    CancelAccountDeletionUserError(CancelAccountDeletionErrorCode)
}

/// Why the account cannot be kept.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum CancelAccountDeletionErrorCode {
    /// The link is none of ours, or was used.
    TokenInvalid,
    /// The link is genuine, and the account has been removed.
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
                "The account has been removed already.",
                "token",
            ),
        }
    }
}
