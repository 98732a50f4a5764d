//! What every owner of personal data offers: counting, handing out and forgetting a user's rows.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};

use super::device_name;
use crate::db::UserId;
use crate::db::entity::sessions as table;

/// How many sessions are kept of `user_id`, ended ones included.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .count(db)
        .await
}

/// Every session of `user_id` as its owner may know it, ended ones included.
pub(crate) async fn export(db: &impl ConnectionTrait, user_id: UserId) -> Result<Value, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .order_by_asc(table::Column::Id)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let device = device_name(row.user_agent.as_deref());
            json!({
                "id": row.id.to_string(),
                "createdAt": row.created_at,
                "lastUsedAt": row.last_used_at,
                "expiresAt": row.idle_expires_at.min(row.expires_at),
                "endedAt": row.ended_at,
                "ipAddress": row.ip_address,
                "userAgent": row.user_agent,
                "deviceName": device,
            })
        })
        .collect())
}

/// Removes every session of `user_id`; returns how many there were.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}
