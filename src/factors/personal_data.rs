//! The personal data in second factors: counts, exports and removes a user's rows. No secret, key or code is exported.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait as _, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};

use super::{codes_left, find_app, find_removal, remove_all};
use crate::db::UserId;
use crate::db::entity::{passkeys, sign_in_challenges};

/// Returns how many factors and recovery codes `user_id` has.
pub(crate) async fn count(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let app = find_app(db, user_id).await?;
    let passkeys = passkeys::Entity::find()
        .filter(passkeys::Column::UserId.eq(user_id))
        .count(db)
        .await?;
    let challenges = sign_in_challenges::Entity::find()
        .filter(sign_in_challenges::Column::UserId.eq(user_id))
        .count(db)
        .await?;
    let removal = find_removal(db, user_id).await?;
    let single = u64::from(app.is_some()) + u64::from(removal.is_some());
    Ok(single + passkeys + challenges + codes_left(db, user_id).await?)
}

/// Returns the factors of `user_id`: when each was added and used, and the names of passkeys.
pub(crate) async fn export(db: &impl ConnectionTrait, user_id: UserId) -> Result<Value, DbErr> {
    let app = find_app(db, user_id).await?.map(|app| {
        json!({
            "confirmedAt": app.confirmed_at,
            "lastUsedAt": app.last_used_at,
        })
    });
    let passkeys = passkeys::Entity::find()
        .filter(passkeys::Column::UserId.eq(user_id))
        .order_by_asc(passkeys::Column::Id)
        .all(db)
        .await?;
    let passkeys: Vec<Value> = passkeys
        .into_iter()
        .map(|row| {
            json!({
                "name": row.name,
                "createdAt": row.created_at,
                "lastUsedAt": row.last_used_at,
                "synced": row.synced,
                "domain": row.rp_id,
                "model": row.aaguid,
            })
        })
        .collect();
    let challenges = sign_in_challenges::Entity::find()
        .filter(sign_in_challenges::Column::UserId.eq(user_id))
        .order_by_asc(sign_in_challenges::Column::Id)
        .all(db)
        .await?;
    let challenges: Vec<Value> = challenges
        .into_iter()
        .map(|row| {
            json!({
                "createdAt": row.created_at,
                "expiresAt": row.expires_at,
                "ipAddress": row.ip_address,
                "userAgent": row.user_agent,
            })
        })
        .collect();
    let removal = find_removal(db, user_id).await?.map(|removal| {
        json!({
            "requestedAt": removal.requested_at,
            "scheduledFor": removal.scheduled_for,
            "ipAddress": removal.client.ip_text(),
            "userAgent": removal.client.user_agent,
        })
    });
    Ok(json!({
        "authenticatorApp": app,
        "passkeys": passkeys,
        "recoveryCodesLeft": codes_left(db, user_id).await?,
        "signInsInProgress": challenges,
        "scheduledRemoval": removal,
    }))
}

/// Removes the factors, recovery codes and challenges of `user_id`; returns how many rows there were.
pub(crate) async fn forget(db: &impl ConnectionTrait, user_id: UserId) -> Result<u64, DbErr> {
    let count = count(db, user_id).await?;
    remove_all(db, user_id).await?;
    Ok(count)
}
