//! The personal data in security events: counts, exports and removes a user's rows.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::{Value, json};

use crate::db::entity::security_events as table;
use crate::db::{PAGE, Place, UserId, rows_after};

/// Returns the number of events of `user_id`.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::UserId.eq(user_id))
        .count(db)
        .await
}

/// Returns a page of the events of `user_id`, oldest first, and the start of the next page, if any.
pub(crate) async fn export(
    db: &impl ConnectionTrait,
    user_id: UserId,
    after: Option<Place>,
) -> Result<(Vec<Value>, Option<Place>), DbErr> {
    let mut page = table::Entity::find().filter(table::Column::UserId.eq(user_id));
    if let Some((at, id)) = after {
        page = page.filter(rows_after(
            (table::Column::OccurredAt, at),
            (table::Column::Id, id),
        ));
    }
    let rows = page
        .order_by_asc(table::Column::OccurredAt)
        .order_by_asc(table::Column::Id)
        .limit(PAGE)
        .all(db)
        .await?;
    let last = rows.last().filter(|_| rows.len() as u64 == PAGE);
    let next = last.map(|row| (row.occurred_at, row.id.into()));
    Ok((rows.iter().map(record).collect(), next))
}

fn record(row: &table::Model) -> Value {
    json!({
        "id": row.id.to_string(),
        "type": row.kind,
        "occurredAt": row.occurred_at,
        "actor": row.actor_kind,
        "sessionId": row.session_id.map(|id| id.to_string()),
        "ipAddress": row.ip_address,
        "userAgent": row.user_agent,
    })
}

/// Removes all events of `user_id` and returns their number.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}
