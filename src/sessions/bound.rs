//! Limits the sessions of an account to the most recently used ones.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::personal_data::count;
use crate::db::entity::sessions as table;
use crate::db::{UserId, delete_batch, users_with_excess};

/// The maximum number of sessions of an account, including revoked and expired ones.
const KEPT: u64 = 500;

/// Returns the users with sessions created since `since` and more than the limit.
pub(crate) async fn find_excess(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<UserId>, DbErr> {
    let columns = (table::Column::Id, table::Column::UserId);
    users_with_excess::<table::Entity>(db, columns, since, KEPT).await
}

/// Removes at most `most` of the sessions of `user_id` over the limit: first revoked and expired ones, then active
/// ones, least recently used first. Returns how many were removed. One at a time across instances: two would remove too
/// many.
pub(crate) async fn trim(
    db: &impl ConnectionTrait,
    user_id: UserId,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let excess = count(db, user_id).await?.saturating_sub(KEPT).min(most);
    let mut removed = 0;
    let is_over = Condition::any()
        .add(table::Column::EndedAt.is_not_null())
        .add(table::Column::ExpiresAt.lte(now))
        .add(table::Column::IdleExpiresAt.lte(now));
    for which in [is_over, Condition::all()] {
        if removed < excess {
            let by_last_use = table::Entity::find()
                .filter(table::Column::UserId.eq(user_id))
                .filter(which)
                .order_by_asc(table::Column::LastUsedAt)
                .order_by_asc(table::Column::Id);
            let left = excess - removed;
            removed += delete_batch::<_, Uuid>(db, by_last_use, table::Column::Id, left).await?;
        }
    }
    Ok(removed)
}
