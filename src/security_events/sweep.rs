//! Removes old events.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::delete_batch;
use crate::db::entity::security_events as table;

/// Removes at most `most` of the events from before `oldest`, oldest first. Returns how many were removed.
pub(crate) async fn sweep(
    db: &impl ConnectionTrait,
    oldest: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let expired = table::Entity::find()
        .filter(table::Column::OccurredAt.lt(oldest))
        .order_by_asc(table::Column::OccurredAt);
    delete_batch::<_, Uuid>(db, expired, table::Column::Id, most).await
}
