//! Limits the events of an account to the newest ones.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::db::entity::security_events as table;
use crate::db::{UserId, delete_batch, rows_before, users_with_excess};

/// The maximum number of events of an account.
const KEPT: u64 = 10_000;

/// Returns the users with events recorded since `since` and more than the limit.
pub(crate) async fn find_excess(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<UserId>, DbErr> {
    let columns = (table::Column::Id, table::Column::UserId);
    users_with_excess::<table::Entity>(db, columns, since, KEPT).await
}

/// Removes at most `most` of the events of `user_id` over the limit, oldest first. Returns how many were removed.
pub(crate) async fn trim(
    db: &impl ConnectionTrait,
    user_id: UserId,
    most: u64,
) -> Result<u64, DbErr> {
    let of_user = table::Entity::find().filter(table::Column::UserId.eq(user_id));
    let oldest_kept = of_user
        .clone()
        .order_by_desc(table::Column::OccurredAt)
        .order_by_desc(table::Column::Id)
        .offset(KEPT - 1)
        .limit(1)
        .all(db)
        .await?;
    let Some(oldest_kept) = oldest_kept.into_iter().next() else {
        return Ok(0);
    };
    let excess = of_user
        .filter(rows_before(
            (table::Column::OccurredAt, oldest_kept.occurred_at),
            (table::Column::Id, oldest_kept.id),
        ))
        .order_by_asc(table::Column::OccurredAt)
        .order_by_asc(table::Column::Id);
    delete_batch::<_, Uuid>(db, excess, table::Column::Id, most).await
}
