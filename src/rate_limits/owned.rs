//! What every owner of personal data offers: counting, handing out and forgetting an account's rows.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::lockout::{Subject, clear};
use crate::db::entity::login_failures as table;

/// How many records of failures there are of `subject`.
pub(crate) async fn count(db: &impl ConnectionTrait, subject: &Subject) -> Result<u64, DbErr> {
    table::Entity::find()
        .filter(table::Column::Subject.eq(subject.0.clone()))
        .count(db)
        .await
}

/// The failures in a row: how many, the last, and until when there is a wait. Networks are kept as hashes.
pub(crate) async fn export(db: &impl ConnectionTrait, subject: &Subject) -> Result<Value, DbErr> {
    let rows = table::Entity::find()
        .filter(table::Column::Subject.eq(subject.0.clone()))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            json!({
                "failures": row.failures,
                "lastFailedAt": row.last_failed_at,
                "lockedUntil": row.locked_until,
                "network": if row.network.is_empty() { "all" } else { "one" },
            })
        })
        .collect())
}

/// Removes them; returns how many records there were.
pub(crate) async fn forget(db: &impl ConnectionTrait, subject: &Subject) -> Result<u64, DbErr> {
    clear(db, subject).await
}
