//! Ending the current session.

use super::{Authentication, Rejection, queries};
use crate::app::App;
use crate::client::Client;
use crate::errors::InternalError;
use crate::security_events::{self, EventKind, NewEvent};

/// Ends the session that the request's credential belongs to. Not a fault when there is none, or when it
/// had ended before. An access token whose time ran out is good enough: who comes back after a break and
/// signs out means it.
pub(crate) async fn logout(
    app: &App,
    authentication: &Authentication,
    client: &Client,
) -> Result<(), InternalError> {
    let now = app.clock.now();
    let (user_id, session_id) = match authentication {
        Authentication::Viewer(viewer) => (viewer.user_id(), viewer.session_id()),
        Authentication::Rejected(Rejection::Expired(user_id, session_id)) => {
            (*user_id, *session_id)
        }
        Authentication::Anonymous | Authentication::Rejected(_) => return Ok(()),
    };
    let tx = app.db.begin_write().await?;
    if queries::end_one(&*tx, now, user_id, session_id).await? {
        let event = NewEvent {
            user_id,
            kind: EventKind::LoggedOut,
            session_id: Some(session_id),
            client,
        };
        security_events::record(&*tx, &app.identifiers, now, event).await?;
    }
    Ok(tx.commit().await?)
}
