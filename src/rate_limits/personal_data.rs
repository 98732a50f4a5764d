//! What every owner of personal data offers: counting, handing out and forgetting an account's rows.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::{Value, json};

use super::lockout::Subject;
use crate::db::UserId;
use crate::db::entity::{known_devices, login_failures as table};

/// How many records of failures there are of `subject`.
pub(crate) async fn count(db: &impl ConnectionTrait, subject: &Subject) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::Subject.eq(subject.hash.clone()))
        .count(db)
        .await
}

/// The failures in a row: how many, the last, and until when there is a wait. Networks and devices are kept as
/// hashes.
pub(crate) async fn export(
    db: &impl ConnectionTrait,
    subject: &Subject,
) -> Result<Vec<Value>, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::Subject.eq(subject.hash.clone()))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            json!({
                "failures": row.failures,
                "lastFailedAt": row.last_failed_at,
                "lockedUntil": row.locked_until,
                "notifiedAt": row.notified_at,
                "network": if row.network.is_empty() { "all" } else { "one" },
            })
        })
        .collect())
}

/// Locks them, in one order.
pub(crate) async fn lock(db: &impl ConnectionTrait, subject: &Subject) -> Result<(), DbErr> {
    table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::Subject.eq(subject.hash.clone()))
        .order_by_asc(table::Column::Network)
        .lock_exclusive()
        .into_tuple::<uuid::Uuid>()
        .all(db)
        .await
        .map(|_| ())
}

/// Removes them; returns how many records there were.
pub(crate) async fn forget(db: &impl ConnectionTrait, subject: &Subject) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::Subject.eq(subject.hash.clone()))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}

/// How many known devices and networks `user_id` has.
pub(crate) async fn count_devices(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<u64, DbErr> {
    known_devices::Entity::find()
        .filter(known_devices::Column::UserId.eq(user_id))
        .count(db)
        .await
}

/// The known devices and networks of `user_id`: of which kind, and when each was last used. They are kept as
/// hashes.
pub(crate) async fn export_devices(
    db: &impl ConnectionTrait,
    user_id: UserId,
) -> Result<Vec<Value>, DbErr> {
    let rows = known_devices::Entity::find()
        .filter(known_devices::Column::UserId.eq(user_id))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            json!({
                "kind": row.kind,
                "lastUsedAt": row.last_used_at,
                "knownUntil": row.known_until,
            })
        })
        .collect())
}
