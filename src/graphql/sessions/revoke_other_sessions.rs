//! `revokeOtherSessions`

use async_graphql::{Context, Result, SimpleObject};

use crate::graphql::context::ContextExt;
use crate::sessions::revoke_other_sessions;

/// Payload of `revokeOtherSessions`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RevokeOtherSessionsPayload {
    /// How many sessions were revoked.
    revoked_session_count: i32,
}

pub(in crate::graphql) async fn resolve(ctx: &Context<'_>) -> Result<RevokeOtherSessionsPayload> {
    let viewer = ctx.viewer()?;
    let ended = revoke_other_sessions(ctx.app(), &viewer, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    let revoked_session_count = i32::try_from(ended).unwrap_or(i32::MAX);
    Ok(RevokeOtherSessionsPayload {
        revoked_session_count,
    })
}
