//! Revokes sessions as part of a larger change, in the transactions of other features.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter};

use super::{Authenticated, Level, Method, OpenedSession, Session, Viewer, open_session, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::UserId;
use crate::db::entity::sessions as table;
use crate::errors::OperationError;
use crate::factors::void_challenges;

/// Revokes every session of `user_id` and voids sign-ins that wait for their second step; returns how many sessions there
/// were.
pub(crate) async fn end_all(
    db: &impl ConnectionTrait,
    user_id: UserId,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    void_challenges(db, user_id).await?;
    queries::end(db, now, user_id, |all| all).await
}

/// Revokes every session of the viewer except the current one; returns how many there were.
pub(crate) async fn end_others(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let current = viewer.session_id();
    queries::end(db, now, viewer.user_id(), |all| {
        all.filter(table::Column::Id.ne(current))
    })
    .await
}

/// Replaces the current session with a new one, so that earlier credentials no longer work. The time and method of
/// authentication are kept. Returns [`OperationError::Unauthenticated`] if the current session was revoked meanwhile.
pub(crate) async fn replace_session(
    app: &App,
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<OpenedSession, OperationError> {
    let current = end_current(db, viewer, now).await?;
    let user = Authenticated {
        user_id: viewer.user_id(),
        at: viewer.authenticated_at(),
        methods: current.methods,
    };
    reopen(app, db, user, (now, client)).await
}

/// As [`replace_session`], but the new session is authenticated at `now`, by `method` in addition to those of the
/// current one.
pub(crate) async fn renew_session(
    app: &App,
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    method: Method,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<OpenedSession, OperationError> {
    let current = end_current(db, viewer, now).await?;
    let user = Authenticated::again(&current, method, now);
    reopen(app, db, user, (now, client)).await
}

/// Opens the session that replaces another one; not with one factor once two are required.
async fn reopen(
    app: &App,
    db: &impl ConnectionTrait,
    user: Authenticated,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<OpenedSession, OperationError> {
    if app.config.factors.are_required(now) && user.level() < Level::MultiFactor {
        return Err(OperationError::Unauthenticated);
    }
    Ok(open_session(app, db, user, client, now).await?)
}

async fn end_current(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    now: DateTime<Utc>,
) -> Result<Session, OperationError> {
    let current = queries::find(db, viewer.session_id()).await?;
    let was_active = queries::end_one(db, now, viewer.user_id(), viewer.session_id()).await?;
    let current = current.filter(|_| was_active);
    Ok(current.ok_or(OperationError::Unauthenticated)?.session)
}
