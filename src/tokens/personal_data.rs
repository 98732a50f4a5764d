//! The personal data in links, and removing tokens that expired long ago.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::db::entity::one_time_tokens as table;
use crate::db::{UserId, delete_batch};

/// How long an expired token is kept, so that a late user learns that it has expired.
const KEPT_AFTER_EXPIRY: TimeDelta = TimeDelta::days(30);

/// Returns the number of links for `user_id`.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .count(db)
        .await
}

/// Exports the links for `user_id`: purpose, address and expiry, never the token.
pub(crate) async fn export(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Vec<Value>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            json!({
                "purpose": row.purpose,
                "email": row.email,
                "createdAt": row.created_at,
                "expiresAt": row.expires_at,
            })
        })
        .collect())
}

/// Removes all links for `user_id` and returns their number.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}

/// Removes at most `most` of the links that expired long ago, oldest first. Returns how many were removed.
pub(crate) async fn sweep(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let expired = table::Entity::find()
        .filter(table::Column::ExpiresAt.lt(now - KEPT_AFTER_EXPIRY))
        .order_by_asc(table::Column::ExpiresAt);
    delete_batch::<_, Uuid>(db, expired, table::Column::Id, most).await
}
