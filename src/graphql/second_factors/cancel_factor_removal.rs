//! `cancelFactorRemoval`

use async_graphql::{Context, Enum, Result, SimpleObject};

use crate::accounts::{CancelFactorRemovalError, cancel_factor_removal};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::User;

/// Payload of `cancelFactorRemoval`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CancelFactorRemovalPayload {
    /// The user, whose second factors remain. Null if `userErrors` is not empty.
    user: Option<User>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<CancelFactorRemovalUserError>,
}

user_error! {
    /// An error of `cancelFactorRemoval`.
    CancelFactorRemovalUserError(CancelFactorRemovalErrorCode)
}

/// Error codes of `cancelFactorRemoval`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum CancelFactorRemovalErrorCode {
    /// No removal is scheduled: it was canceled or carried out.
    NoRemovalScheduled,
}

pub(in crate::graphql) async fn resolve(ctx: &Context<'_>) -> Result<CancelFactorRemovalPayload> {
    let viewer = ctx.viewer()?;
    let outcome = cancel_factor_removal(ctx.app(), &viewer, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(user) => CancelFactorRemovalPayload {
            user: Some(User::new(user, viewer)),
            user_errors: Vec::new(),
        },
        Err(errors) => CancelFactorRemovalPayload {
            user: None,
            user_errors: errors.into_iter().map(Into::into).collect(),
        },
    })
}

impl From<CancelFactorRemovalError> for CancelFactorRemovalUserError {
    fn from(error: CancelFactorRemovalError) -> Self {
        match error {
            CancelFactorRemovalError::NotScheduled => Self::new(
                CancelFactorRemovalErrorCode::NoRemovalScheduled,
                "No removal of your second factors is scheduled. Reload the page.",
                "",
            ),
        }
    }
}
