//! Revokes every session of the viewer except the current one.

use super::{Viewer, confirm_active, end_others};
use crate::app::App;
use crate::client::Client;
use crate::errors::{OperationError, retry_conflict};
use crate::security_events::{self, Actor, EventKind, NewEvent};

/// Revokes the others; returns how many there were.
pub(crate) async fn revoke_other_sessions(
    app: &App,
    viewer: &Viewer,
    client: &Client,
) -> Result<u64, OperationError> {
    retry_conflict(&*app.entropy, || revoke_others(app, viewer, client)).await
}

async fn revoke_others(app: &App, viewer: &Viewer, client: &Client) -> Result<u64, OperationError> {
    let now = app.clock.now();
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    let ended = end_others(&*tx, viewer, now).await?;
    if ended > 0 {
        let event = NewEvent {
            user_id: viewer.user_id(),
            actor: Actor::User(viewer.user_id()),
            kind: EventKind::SessionRevoked,
            session_id: Some(viewer.session_id()),
            client,
        };
        security_events::record(&*tx, &app.identifiers, now, event).await?;
    }
    tx.commit().await?;
    tracing::info!(user = %viewer.user_id(), sessions = ended, "other sessions revoked");
    Ok(ended)
}
