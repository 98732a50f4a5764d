//! Lists the security events of an account, newest first, one page at a time.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{EventKind, SecurityEvent};
use crate::db::entity::security_events as table;
use crate::db::{SecurityEventId, UserId, rows_before};

/// A position between two events, after which a page starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    /// The time of the event before it.
    pub(crate) occurred_at: DateTime<Utc>,
    /// The id of that event.
    pub(crate) id: SecurityEventId,
}

/// A page of events.
pub(crate) struct Page {
    /// Newest first.
    pub(crate) events: Vec<SecurityEvent>,
    /// Whether older events follow.
    pub(crate) has_more: bool,
}

/// Returns the first `first` events of `user_id` after `after`.
pub(crate) async fn list_security_events(
    db: &impl ConnectionTrait,
    user_id: UserId,
    first: u64,
    after: Option<Position>,
) -> Result<Page, DbErr> {
    let mut query = table::Entity::find().filter(table::Column::UserId.eq(user_id));
    if let Some(Position { occurred_at, id }) = after {
        query = query.filter(rows_before(
            (table::Column::OccurredAt, occurred_at),
            (table::Column::Id, id),
        ));
    }
    let mut rows = query
        .order_by_desc(table::Column::OccurredAt)
        .order_by_desc(table::Column::Id)
        .limit(first + 1)
        .all(db)
        .await?;
    let has_more = rows.len() as u64 > first;
    rows.truncate(usize::try_from(first).unwrap_or(usize::MAX));
    let events = rows.into_iter().map(event).collect();
    Ok(Page { events, has_more })
}

fn event(row: table::Model) -> SecurityEvent {
    SecurityEvent {
        id: row.id,
        kind: EventKind::from_name(&row.kind),
        occurred_at: row.occurred_at,
        session_id: row.session_id,
        ip_address: row.ip_address,
        user_agent: row.user_agent,
    }
}
