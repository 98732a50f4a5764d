//! Revokes one of the viewer's sessions.

use super::{Session, Viewer, confirm_active, get_session, queries};
use crate::app::App;
use crate::client::Client;
use crate::errors::{OperationError, UserResult, retry_conflict};
use crate::security_events::{self, Actor, EventKind, NewEvent};

/// Why a session is not revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RevokeSessionError {
    /// No active session of the viewer has this id. The response does not reveal whether another user's has.
    NotFound,
}

/// Revokes the session `id`, which may be the current one.
pub(crate) async fn revoke_session(
    app: &App,
    viewer: &Viewer,
    id: &str,
    client: &Client,
) -> Result<UserResult<Session, RevokeSessionError>, OperationError> {
    retry_conflict(&*app.entropy, || revoke(app, viewer, id, client)).await
}

async fn revoke(
    app: &App,
    viewer: &Viewer,
    id: &str,
    client: &Client,
) -> Result<UserResult<Session, RevokeSessionError>, OperationError> {
    let now = app.clock.now();
    let not_found = || {
        let (user, network) = (viewer.user_id(), client.network());
        tracing::info!(reason = "not_found", %user, network, "request rejected: no such session");
        Ok(Err(vec![RevokeSessionError::NotFound]))
    };
    let Ok(id) = id.parse() else {
        return not_found();
    };
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    if !queries::end_one(&*tx, now, viewer.user_id(), id).await? {
        return not_found();
    }
    let event = NewEvent {
        user_id: viewer.user_id(),
        actor: Actor::User(viewer.user_id()),
        kind: EventKind::SessionRevoked,
        session_id: Some(viewer.session_id()),
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    let session = get_session(&*tx, id).await?;
    tx.commit().await?;
    tracing::info!(user = %viewer.user_id(), session = %id, "session revoked");
    Ok(session.ok_or_else(|| vec![RevokeSessionError::NotFound]))
}
