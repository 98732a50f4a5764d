//! The personal data in emails: counts, exports and removes a user's rows.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::db::UserId;
use crate::db::entity::{mail_requests, outbox};

/// Returns the number of queued emails, dead letters and requested emails of `user_id`.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let written = outbox::Entity::find()
        .filter(outbox::Column::UserId.eq(user_id))
        .count(db)
        .await?;
    let requested = mail_requests::Entity::find()
        .filter(mail_requests::Column::UserId.eq(user_id))
        .count(db)
        .await?;
    Ok(written + requested)
}

/// Exports the emails of `user_id`: kind, times and state. Their contents are left out, because they contain links that
/// work for every holder.
pub(crate) async fn export(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Vec<Value>, DbErr> {
    let written = outbox::Entity::find()
        .filter(outbox::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    let requested = mail_requests::Entity::find()
        .filter(mail_requests::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    let written = written.into_iter().map(|row| {
        json!({
            "kind": row.kind,
            "writtenAt": row.created_at,
            "attempts": row.attempts,
            "failedAt": row.dead_since,
        })
    });
    let requested = requested.into_iter().map(|row| {
        json!({
            "kind": row.kind,
            "requestedAt": row.requested_at,
            "ipAddress": row.ip_address,
            "userAgent": row.user_agent,
        })
    });
    Ok(written.chain(requested).collect())
}

/// Removes all emails and requested emails of `user_id`, and returns their number.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let written = outbox::Entity::delete_many()
        .filter(outbox::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    let requested = mail_requests::Entity::delete_many()
        .filter(mail_requests::Column::UserId.eq(user_id))
        .exec(db)
        .await?;
    Ok(written.rows_affected + requested.rows_affected)
}
