//! Removing the records of mails that were given up, and counting what waits.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::Mailer;
use crate::db::delete_batch;
use crate::db::entity::outbox as table;

/// How long an operator can look up why a mail was given up.
const KEPT_AFTER_GIVING_UP: TimeDelta = TimeDelta::days(30);

/// Removes at most `most` of the records kept long enough, oldest first. Returns how many were removed.
pub(crate) async fn sweep(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u64,
) -> Result<u64, DbErr> {
    let expired = table::Entity::find()
        .filter(table::Column::GivenUpAt.lt(now - KEPT_AFTER_GIVING_UP))
        .order_by_asc(table::Column::GivenUpAt);
    delete_batch::<_, Uuid>(db, expired, table::Column::Id, most).await
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
