//! What every owner of personal data offers: counting, handing out and forgetting an account's rows.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
};
use serde_json::{Value, json};

use super::attempt::Subject;
use crate::db::UserId;
use crate::db::entity::{known_devices, login_failures as table};

/// The rows of `subject` that count failures or hold a notice. One that does neither is only locked.
fn records(subject: &Subject) -> Condition {
    let of_subject = table::Column::Subject.eq(subject.hash.clone());
    let counts = Condition::any()
        .add(table::Column::Failures.gt(0))
        .add(table::Column::NotifiedAt.is_not_null());
    Condition::all().add(of_subject).add(counts)
}

/// Counts the records of failures of `subject`.
pub(crate) async fn count(db: &impl ConnectionTrait, subject: &Subject) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(records(subject))
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
        .filter(records(subject))
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

/// Removes the failures of `subject` and returns how many records there were.
pub(crate) async fn forget(db: &impl ConnectionTrait, subject: &Subject) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(records(subject))
        .exec(db)
        .await?;
    table::Entity::delete_many()
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
