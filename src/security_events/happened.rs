//! Whether something happened lately.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::EventKind;
use crate::db::UserId;
use crate::db::entity::security_events as table;

/// Returns whether an event of this kind happened to `user_id` at `since` or later.
pub(crate) async fn happened_since(
    db: &impl ConnectionTrait,
    (user_id, kind): (UserId, EventKind),
    since: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .filter(table::Column::Kind.eq(kind.name()))
        .filter(table::Column::OccurredAt.gte(since))
        .limit(1)
        .all(db)
        .await?;
    Ok(!rows.is_empty())
}
