//! `removeFactor`

use async_graphql::{Context, Enum, ID, InputObject, Result, SimpleObject};

use crate::accounts::{RemoveFactorError, remove_factor};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::User;

/// Input for `removeFactor`.
#[derive(InputObject)]
pub(in crate::graphql) struct RemoveFactorInput {
    /// The `id` of the authenticator app or of a passkey (`User.secondFactors`).
    id: ID,
    /// Whether to revoke the user's other sessions.
    #[graphql(default_with = "Some(true)")]
    revoke_other_sessions: Option<bool>,
}

/// Payload of `removeFactor`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RemoveFactorPayload {
    /// The user. Null if `userErrors` is not empty.
    user: Option<User>,
    /// How many other sessions were revoked.
    revoked_session_count: i32,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<RemoveFactorUserError>,
}

user_error! {
    /// An error of `removeFactor`.
    RemoveFactorUserError(RemoveFactorErrorCode)
}

/// Error codes of `removeFactor`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RemoveFactorErrorCode {
    /// The account has no factor with this id.
    FactorNotFound,
    /// It is the last factor, and accounts must have one (`AuthSettings.secondFactor`).
    LastSecondFactor,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: RemoveFactorInput,
) -> Result<RemoveFactorPayload> {
    let viewer = ctx.viewer()?;
    let revokes_others = input.revoke_other_sessions.unwrap_or(true);
    let command = (input.id.as_str(), revokes_others);
    let outcome = remove_factor(ctx.app(), &viewer, command, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(removed) => RemoveFactorPayload {
            user: Some(User::new(removed.user, viewer)),
            revoked_session_count: i32::try_from(removed.revoked_sessions).unwrap_or(i32::MAX),
            user_errors: Vec::new(),
        },
        Err(errors) => RemoveFactorPayload {
            user: None,
            revoked_session_count: 0,
            user_errors: errors.into_iter().map(Into::into).collect(),
        },
    })
}

impl From<RemoveFactorError> for RemoveFactorUserError {
    fn from(error: RemoveFactorError) -> Self {
        match error {
            RemoveFactorError::NotFound => Self::new(
                RemoveFactorErrorCode::FactorNotFound,
                "This authenticator app or passkey does not exist any more.",
                "id",
            ),
            RemoveFactorError::LastSecondFactor => Self::new(
                RemoveFactorErrorCode::LastSecondFactor,
                "Your account must have a second factor. Add another one before you remove this one.",
                "id",
            ),
        }
    }
}
