//! Ending the current session: by signing out, or by signing in anew.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Authentication, Rejection, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::{SessionId, UserId};
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
    let Some(current) = carried(authentication) else {
        return Ok(());
    };
    let tx = app.db.begin_write().await?;
    leave(app, &*tx, current, (app.clock.now(), client)).await?;
    Ok(tx.commit().await?)
}

/// The session whose credential a request carries, and its user.
pub(crate) fn carried(authentication: &Authentication) -> Option<(UserId, SessionId)> {
    match authentication {
        Authentication::Viewer(viewer) => Some((viewer.user_id(), viewer.session_id())),
        Authentication::Rejected(Rejection::Expired(user_id, session_id)) => {
            Some((*user_id, *session_id))
        }
        Authentication::Anonymous | Authentication::Rejected(_) => None,
    }
}

/// Ends that session in the transaction `db`, if it still stands.
pub(crate) async fn leave(
    app: &App,
    db: &impl ConnectionTrait,
    (user_id, session_id): (UserId, SessionId),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), DbErr> {
    if !queries::end_one(db, now, user_id, session_id).await? {
        return Ok(());
    }
    let event = NewEvent {
        user_id,
        kind: EventKind::LoggedOut,
        session_id: Some(session_id),
        client,
    };
    security_events::record(db, &app.identifiers, now, event).await
}
