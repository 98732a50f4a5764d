//! What every owner of personal data offers: counting, handing out and forgetting a user's rows.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};

use crate::db::UserId;
use crate::db::entity::security_events as table;

/// How many events are kept of `user_id`.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .count(db)
        .await
}

/// Every event of `user_id`, oldest first.
pub(crate) async fn export(db: &impl ConnectionTrait, user_id: UserId) -> Result<Value, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .order_by_asc(table::Column::Id)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            json!({
                "id": row.id.to_string(),
                "type": row.kind,
                "occurredAt": row.occurred_at,
                "sessionId": row.session_id.map(|id| id.to_string()),
                "ipAddress": row.ip_address,
                "userAgent": row.user_agent,
            })
        })
        .collect())
}

/// Removes every event of `user_id`; returns how many there were.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}
