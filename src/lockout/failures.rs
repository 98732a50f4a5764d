//! The rows of `login_failures`: one for each network or device that failed, and one for all of them together.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::attempt::Subject;
use super::waits::REMEMBERED;
use crate::db::entity::login_failures as table;
use crate::db::{WriteTransaction, delete_batch};
use crate::entropy::Identifiers;

/// The `network` of the row for failures from everywhere. Sorts first, so it is locked first.
pub(super) const EVERYWHERE: &[u8] = b"";

/// A row that counts no failure yet.
pub(super) fn fresh(
    subject: &Subject,
    network: &[u8],
    identifiers: &Identifiers,
    now: DateTime<Utc>,
) -> table::Model {
    table::Model {
        id: identifiers.next(now),
        subject: subject.hash.clone(),
        network: network.to_vec(),
        failures: 0,
        locked_until: None,
        last_failed_at: now,
        recent_failures: None,
        notified_at: None,
    }
}

/// Locks the failures of `subject` until the transaction ends: further ones wait, also if there is none yet.
pub(crate) async fn lock(
    tx: &WriteTransaction,
    subject: &Subject,
    identifiers: &Identifiers,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    // The row that every failure writes first.
    let first = fresh(subject, EVERYWHERE, identifiers, now);
    write(tx, vec![first], false).await?;
    table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::Subject.eq(subject.hash.clone()))
        .order_by_asc(table::Column::Network)
        .lock_exclusive()
        .into_tuple::<Uuid>()
        .all(&**tx)
        .await
        .map(|_| ())
}

/// Inserts `rows`. Of those that exist their counts are replaced if `replaces`; else they are only locked.
pub(super) async fn write(
    tx: &WriteTransaction,
    rows: Vec<table::Model>,
    replaces: bool,
) -> Result<(), DbErr> {
    let counts = [
        table::Column::Failures,
        table::Column::LockedUntil,
        table::Column::LastFailedAt,
        table::Column::RecentFailures,
        table::Column::NotifiedAt,
    ];
    let mut conflict = OnConflict::columns([table::Column::Subject, table::Column::Network]);
    if replaces {
        conflict.update_columns(counts);
    } else {
        let as_it_is = Expr::col((table::Entity, table::Column::Failures));
        conflict.value(table::Column::Failures, as_it_is);
    }
    table::Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
        .on_conflict(conflict)
        .exec_without_returning(&**tx)
        .await?;
    Ok(())
}

/// Forgets all failures of `subject`, and ends its waits. What remains is when its owner was last notified.
pub(crate) async fn clear(db: &impl ConnectionTrait, subject: &Subject) -> Result<(), DbErr> {
    let its_rows = table::Column::Subject.eq(subject.hash.clone());
    table::Entity::update_many()
        .set(table::ActiveModel {
            failures: Set(0),
            locked_until: Set(None),
            recent_failures: Set(None),
            ..Default::default()
        })
        .filter(its_rows.clone())
        .filter(table::Column::Network.eq(EVERYWHERE))
        .exec(db)
        .await?;
    table::Entity::delete_many()
        .filter(its_rows)
        .filter(table::Column::Network.ne(EVERYWHERE))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes at most `most` failures that the next one would not be in a row with. Returns how many were removed.
pub(crate) async fn sweep(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let expired = table::Entity::find()
        .filter(table::Column::LastFailedAt.lt(now - REMEMBERED))
        .order_by_asc(table::Column::LastFailedAt);
    let removed = delete_batch::<_, Uuid>(db, expired, table::Column::Id, most).await?;
    // Written before the clock was set back: without this they would stay for as long.
    let ahead = table::Entity::find()
        .filter(table::Column::LastFailedAt.gt(now + REMEMBERED))
        .order_by_asc(table::Column::LastFailedAt);
    let most = most.saturating_sub(removed);
    Ok(removed + delete_batch::<_, Uuid>(db, ahead, table::Column::Id, most).await?)
}
