//! Removing the records of mails that were given up, and counting what waits.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use super::Mailer;
use crate::db::entity::outbox as table;

/// How long an operator can look up why a mail was given up.
const KEPT_AFTER_GIVING_UP: TimeDelta = TimeDelta::days(30);

/// Removes the records kept long enough; returns how many there were.
pub(crate) async fn sweep(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::GivenUpAt.lt(now - KEPT_AFTER_GIVING_UP))
        .exec(db)
        .await?;
    Ok(removed.rows_affected)
}

impl Mailer {
    /// Brings the figures at `/metrics` up to date: how many mails wait, and how many were given up.
    pub(crate) async fn measure(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let waiting = table::Entity::find()
            .filter(table::Column::GivenUpAt.is_null())
            .count(db)
            .await?;
        let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
        self.metrics.mails_waiting.set(waiting);
        Ok(())
    }
}
