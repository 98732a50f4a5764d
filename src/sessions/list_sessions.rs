//! Reads sessions: the viewer's list, and single ones for security events.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Session, Viewer, queries};
use crate::app::App;
use crate::db::entity::sessions as table;
use crate::db::{SessionId, rows_before};

/// A position between two sessions, after which a page starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    /// The creation time of the session before it.
    pub(crate) created_at: DateTime<Utc>,
    /// The id of that session.
    pub(crate) id: SessionId,
}

/// A page of sessions.
pub(crate) struct Page {
    /// Newest first.
    pub(crate) sessions: Vec<Session>,
    /// Whether older sessions follow.
    pub(crate) has_more: bool,
}

/// Returns the first `first` active sessions of the viewer after `after`.
pub(crate) async fn list_sessions(
    app: &App,
    viewer: &Viewer,
    first: u64,
    after: Option<Position>,
) -> Result<Page, DbErr> {
    let mut query =
        queries::active(app.clock.now()).filter(table::Column::UserId.eq(viewer.user_id()));
    if let Some(Position { created_at, id }) = after {
        query = query.filter(rows_before(
            (table::Column::CreatedAt, created_at),
            (table::Column::Id, id),
        ));
    }
    let mut rows = query
        .order_by_desc(table::Column::CreatedAt)
        .order_by_desc(table::Column::Id)
        .limit(first + 1)
        .all(app.db.read())
        .await?;
    let has_more = rows.len() as u64 > first;
    rows.truncate(usize::try_from(first).unwrap_or(usize::MAX));
    Ok(Page {
        sessions: rows.into_iter().map(queries::session).collect(),
        has_more,
    })
}

/// Returns the session of this id, also if it has ended.
pub(crate) async fn get_session(
    db: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<Session>, DbErr> {
    Ok(queries::find(db, id).await?.map(|known| known.session))
}

/// Returns the sessions of these ids that are still stored, in one statement.
pub(crate) async fn sessions_by_id(
    app: &App,
    ids: &[SessionId],
) -> Result<HashMap<SessionId, Session>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::Id.is_in(ids.iter().copied()))
        .all(app.db.read())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, queries::session(row)))
        .collect())
}
