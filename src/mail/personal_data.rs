//! What every owner of personal data offers: counting, handing out and forgetting a user's rows.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::db::UserId;
use crate::db::entity::{mail_requests, outbox};

/// How many mails to `user_id` are on their way, or were given up, and how many were asked for.
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

/// The mails to `user_id`: which, when, and how far they are. What they say is left out: it holds links that
/// work for whoever has them.
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
            "givenUpAt": row.dead_since,
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

/// Removes every mail to `user_id` and every wish for one; returns how many there were.
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
