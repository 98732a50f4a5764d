//! The personal data in accounts: counts, exports and removes a user's rows.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::{current_password, pending_registrations};
use crate::db::UserId;
use crate::db::entity::users as table;

/// Returns the number of accounts of `user_id`, one or none (including its password), plus its further registrations.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let accounts = table::Entity::find()
        .filter(table::Column::Id.eq(user_id))
        .count(db)
        .await?;
    Ok(accounts + pending_registrations::count(db, user_id).await?)
}

/// Removes the account itself; returns how many there were.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let waiting = pending_registrations::forget(db, user_id).await?;
    current_password::remove(db, user_id).await?;
    let removed = table::Entity::delete_many()
        .filter(table::Column::Id.eq(user_id))
        .exec(db)
        .await?;
    Ok(waiting + removed.rows_affected)
}

/// Returns the account of `user_id` as its owner may see it, without hashes.
pub(crate) async fn export(db: &impl ConnectionTrait, user_id: UserId) -> Result<Value, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::Id.eq(user_id))
        .all(db)
        .await?;
    // Other registrants of the address are not data about its owner.
    let waiting = pending_registrations::count(db, user_id).await?;
    Ok(rows.into_iter().next().map_or(Value::Null, |row| {
        json!({
            "pendingRegistrations": waiting,
            "id": row.id.to_string(),
            "email": row.email,
            "emailVerifiedAt": row.email_verified_at,
            "verificationDueAt": row.verification_due_at,
            "pendingEmail": row.pending_email,
            "username": row.username,
            "name": row.name,
            "avatarUrl": row.avatar_url,
            "locale": row.locale,
            "createdAt": row.created_at,
            "updatedAt": row.updated_at,
            "lastLoginAt": row.last_login_at,
            "passwordChangedAt": row.password_changed_at,
            "deletionScheduledFor": row.deletion_scheduled_for,
        })
    }))
}
