//! Ending sessions as part of a bigger change: for the features above, in their transactions.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QueryOrder, QuerySelect};

use super::{OpenedSession, Viewer, open_session, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::entity::sessions as table;
use crate::db::{SessionId, UserId};
use crate::errors::Refusal;

/// Makes sure, at the top of a transaction that writes on the viewer's behalf, that the viewer's session
/// still stands; [`Refusal::Unauthenticated`] when it was ended since the request was authenticated.
///
/// It locks all of the user's sessions in one order, so that of two sessions that end each other one wins
/// and neither waits for the other in a circle. (On SQLite the transaction itself is the lock.)
pub(crate) async fn confirm_standing(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let standing: Vec<SessionId> = queries::standing(now)
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::UserId.eq(viewer.user_id()))
        .order_by_asc(table::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await?;
    if standing.contains(&viewer.session_id()) {
        Ok(())
    } else {
        Err(Refusal::Unauthenticated)
    }
}

/// Ends every session of `user_id`; returns how many there were.
pub(crate) async fn end_all(
    db: &impl ConnectionTrait,
    user_id: UserId,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    queries::end(db, now, user_id, |all| all).await
}

/// Ends every session of the viewer but the current one; returns how many there were.
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

/// Puts a new session in place of the current one, so that credentials from before no longer work.
/// [`Refusal::Unauthenticated`] when the current one was ended meanwhile.
pub(crate) async fn replace_session(
    app: &App,
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<OpenedSession, Refusal> {
    if !queries::end_one(db, now, viewer.user_id(), viewer.session_id()).await? {
        return Err(Refusal::Unauthenticated);
    }
    Ok(open_session(app, db, viewer.user_id(), client, now).await?)
}
