//! The personal data in sessions: counts, exports and removes a user's rows.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::{Value, json};

use super::method::methods;
use crate::client::device_name;
use crate::db::entity::sessions as table;
use crate::db::{PAGE, Place, UserId, rows_after};

/// Returns the number of sessions of `user_id`, including ended ones.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .count(db)
        .await
}

/// Returns a page of the sessions of `user_id` as their owner may see them, including revoked ones, oldest first, and
/// the start of the next page, if any.
pub(crate) async fn export(
    db: &impl ConnectionTrait,
    user_id: UserId,
    after: Option<Place>,
) -> Result<(Vec<Value>, Option<Place>), DbErr> {
    let mut page = table::Entity::find().filter(table::Column::UserId.eq(user_id));
    if let Some((at, id)) = after {
        page = page.filter(rows_after(
            (table::Column::CreatedAt, at),
            (table::Column::Id, id),
        ));
    }
    let rows = page
        .order_by_asc(table::Column::CreatedAt)
        .order_by_asc(table::Column::Id)
        .limit(PAGE)
        .all(db)
        .await?;
    let last = rows.last().filter(|_| rows.len() as u64 == PAGE);
    let next = last.map(|row| (row.created_at, row.id.into()));
    Ok((rows.iter().map(record).collect(), next))
}

fn record(row: &table::Model) -> Value {
    let device = device_name(row.user_agent.as_deref());
    json!({
        "id": row.id.to_string(),
        "createdAt": row.created_at,
        "authenticatedAt": row.authenticated_at.unwrap_or(row.created_at),
        "methods": methods(row.methods.clone()).split(' ').collect::<Vec<_>>(),
        "lastUsedAt": row.last_used_at,
        "expiresAt": row.idle_expires_at.min(row.expires_at),
        "endedAt": row.ended_at,
        "ipAddress": row.ip_address,
        "userAgent": row.user_agent,
        "deviceName": device,
    })
}

/// Removes all sessions of `user_id` and returns their number.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}
