//! Removes what has expired.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::SignInChallenge;
use super::challenge::challenge;
use super::totp_secrets::without_pending;
use crate::db::entity::{sign_in_challenges, totp_secrets, used_ceremonies};
use crate::db::{ChallengeId, UserId, delete_batch};

/// Removes at most `most` of the ceremonies that could not be used again anyway.
pub(crate) async fn sweep_ceremonies(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    use used_ceremonies::Column;
    let expired = used_ceremonies::Entity::find()
        .filter(Column::ExpiresAt.lte(now))
        .order_by_asc(Column::ExpiresAt);
    delete_batch::<_, Vec<u8>>(db, expired, Column::Nonce, most).await
}

/// Discards at most `most` of the authenticator apps that were not confirmed in time.
pub(crate) async fn sweep_pending(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    use totp_secrets::Column;
    let users: Vec<UserId> = totp_secrets::Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::PendingUntil.lte(now))
        .order_by_asc(Column::PendingUntil)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    if users.is_empty() {
        return Ok(0);
    }
    let discarded = totp_secrets::Entity::update_many()
        .set(without_pending())
        .filter(Column::UserId.is_in(users.clone()))
        .filter(Column::PendingUntil.lte(now))
        .exec(db)
        .await?;
    totp_secrets::Entity::delete_many()
        .filter(Column::UserId.is_in(users))
        .filter(Column::Secret.is_null())
        .filter(Column::PendingSecret.is_null())
        .exec(db)
        .await?;
    Ok(discarded.rows_affected)
}

/// Returns at most `most` of the expired challenges that were begun on an unknown device.
pub(crate) async fn list_abandoned(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<SignInChallenge>, DbErr> {
    use sign_in_challenges::Column;
    let rows = sign_in_challenges::Entity::find()
        .filter(Column::ExpiresAt.lte(now))
        .filter(Column::IsFamiliar.eq(false))
        .order_by_asc(Column::ExpiresAt)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(challenge).collect())
}

/// Removes a challenge. Returns `false` if there is none of this id.
pub(crate) async fn remove_challenge(
    db: &impl ConnectionTrait,
    id: ChallengeId,
) -> Result<bool, DbErr> {
    let removed = sign_in_challenges::Entity::delete_many()
        .filter(sign_in_challenges::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(removed.rows_affected == 1)
}

/// Removes at most `most` of the expired challenges that were begun on a known device.
pub(crate) async fn sweep_challenges(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    use sign_in_challenges::Column;
    let expired = sign_in_challenges::Entity::find()
        .filter(Column::ExpiresAt.lte(now))
        .filter(Column::IsFamiliar.eq(true))
        .order_by_asc(Column::ExpiresAt);
    delete_batch::<_, ChallengeId>(db, expired, Column::Id, most).await
}
