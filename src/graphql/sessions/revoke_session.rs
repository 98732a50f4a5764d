//! `revokeSession`

use async_graphql::{Context, Enum, ID, InputObject, Result, SimpleObject};

use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::Session;
use crate::sessions::{RevokeSessionError, revoke_session};

/// Input for `revokeSession`.
#[derive(InputObject)]
pub(in crate::graphql) struct RevokeSessionInput {
    /// The `id` of one of the user's sessions (`me.sessions`).
    session_id: ID,
}

/// Payload of `revokeSession`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RevokeSessionPayload {
    /// The revoked session. Null if `userErrors` is not empty.
    session: Option<Session>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<RevokeSessionUserError>,
}

user_error! {
    /// An error of `revokeSession`.
    RevokeSessionUserError(RevokeSessionErrorCode)
}

/// Error codes of `revokeSession`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RevokeSessionErrorCode {
    /// The user has no session with this id, or it is no longer active.
    SessionNotFound,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: RevokeSessionInput,
) -> Result<RevokeSessionPayload> {
    let viewer = ctx.viewer()?;
    let outcome = revoke_session(ctx.app(), &viewer, &input.session_id, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(session) => {
            if session.id == viewer.session_id() {
                ctx.request().delivery.clear();
            }
            RevokeSessionPayload::revoked(Session::new(session, &viewer))
        }
        Err(errors) => RevokeSessionPayload::refused(errors.into_iter().map(Into::into).collect()),
    })
}

impl RevokeSessionPayload {
    fn revoked(session: Session) -> Self {
        Self {
            session: Some(session),
            user_errors: Vec::new(),
        }
    }

    fn refused(user_errors: Vec<RevokeSessionUserError>) -> Self {
        Self {
            session: None,
            user_errors,
        }
    }
}

impl From<RevokeSessionError> for RevokeSessionUserError {
    fn from(error: RevokeSessionError) -> Self {
        match error {
            RevokeSessionError::NotFound => Self::new(
                RevokeSessionErrorCode::SessionNotFound,
                "This session does not exist or is no longer active.",
                "sessionId",
            ),
        }
    }
}
