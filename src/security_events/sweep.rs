//! Removing events that were kept long enough.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::db::entity::security_events as table;

/// Removes the events of before `oldest`; returns how many there were.
pub(crate) async fn sweep(db: &impl ConnectionTrait, oldest: DateTime<Utc>) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::OccurredAt.lt(oldest))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}
