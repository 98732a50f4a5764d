//! Removing sessions whose time is over.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::db::entity::sessions as table;

/// How long a session is kept after its absolute end, so that a client that comes back late learns that
/// its time ran out, not that its token is forged.
const KEPT_AFTER_END: TimeDelta = TimeDelta::days(7);

/// Removes the sessions whose absolute end is past; those ended earlier are kept until then too. Returns
/// how many there were.
pub(crate) async fn sweep(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::ExpiresAt.lt(now - KEPT_AFTER_END))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}
