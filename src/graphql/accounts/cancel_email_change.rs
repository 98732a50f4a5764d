//! `cancelEmailChange`

use async_graphql::{Context, Enum, Result, SimpleObject};

use crate::accounts::{CancelEmailChangeError, cancel_email_change};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::User;

/// Payload of `cancelEmailChange`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CancelEmailChangePayload {
    /// The user, without a pending email address. Null if `userErrors` is not empty.
    user: Option<User>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<CancelEmailChangeUserError>,
}

user_error! {
    /// An error of `cancelEmailChange`.
    CancelEmailChangeUserError(CancelEmailChangeErrorCode)
}

/// Error codes of `cancelEmailChange`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum CancelEmailChangeErrorCode {
    /// No email change is pending: it was already verified or canceled.
    NoPendingChange,
}

pub(in crate::graphql) async fn resolve(ctx: &Context<'_>) -> Result<CancelEmailChangePayload> {
    let viewer = ctx.viewer()?;
    let outcome = cancel_email_change(ctx.app(), &viewer, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(user) => CancelEmailChangePayload {
            user: Some(User::new(user, viewer)),
            user_errors: Vec::new(),
        },
        Err(errors) => {
            CancelEmailChangePayload::refused(errors.into_iter().map(Into::into).collect())
        }
    })
}

impl CancelEmailChangePayload {
    fn refused(user_errors: Vec<CancelEmailChangeUserError>) -> Self {
        Self {
            user: None,
            user_errors,
        }
    }
}

impl From<CancelEmailChangeError> for CancelEmailChangeUserError {
    fn from(error: CancelEmailChangeError) -> Self {
        use CancelEmailChangeErrorCode as Code;
        match error {
            CancelEmailChangeError::NoPendingChange => {
                Self::new(Code::NoPendingChange, "No email change is pending.", "")
            }
        }
    }
}
