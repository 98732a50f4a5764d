//! Lists the security events of an account, newest first, one page at a time.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait as _, QueryFilter};

use super::{EventKind, SecurityEvent};
use crate::db::entity::security_events as table;
use crate::db::{Page, Place, UserId, latest_page};

/// Returns the first `first` events of `user_id` behind `after`, newest first.
pub(crate) async fn list_security_events(
    db: &impl ConnectionTrait,
    user_id: UserId,
    first: u64,
    after: Option<Place>,
) -> Result<Page<SecurityEvent>, DbErr> {
    let query = table::Entity::find().filter(table::Column::UserId.eq(user_id));
    let order = (table::Column::OccurredAt, table::Column::Id);
    let page = latest_page(db, query, order, (first, after)).await?;
    Ok(page.map(event))
}

/// Returns whether an event of one of these kinds happened to `user_id` at `since` or later.
pub(crate) async fn happened_since(
    db: &impl ConnectionTrait,
    user_id: UserId,
    kinds: &[EventKind],
    since: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let found = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Kind.is_in(kinds.iter().map(|kind| kind.name())))
        .filter(table::Column::OccurredAt.gte(since))
        .count(db)
        .await?;
    Ok(found > 0)
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
