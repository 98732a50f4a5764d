//! Removes sessions that ended long ago.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::delete_batch;
use crate::db::entity::sessions as table;

/// How long a session is kept after its absolute end, so that a late client learns that the session has expired, not
/// that its token is invalid.
const KEPT_AFTER_END: TimeDelta = TimeDelta::days(7);

/// Removes at most `most` of the sessions whose absolute end is past, oldest first. Revoked sessions are kept until
/// then, too. Returns how many were removed.
pub(crate) async fn sweep(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let expired = table::Entity::find()
        .filter(table::Column::ExpiresAt.lt(now - KEPT_AFTER_END))
        .order_by_asc(table::Column::ExpiresAt);
    delete_batch::<_, Uuid>(db, expired, table::Column::Id, most).await
}
