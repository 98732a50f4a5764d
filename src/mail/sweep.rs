//! Deletes old dead letters, and counts queued emails.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::Mailer;
use crate::db::entity::outbox as table;
use crate::jobs::{count_queued, sweep_dead_letters};

/// Deletes at most `max` of the records that were kept long enough, oldest first. Returns how many were deleted.
pub(crate) async fn sweep(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    max: u64,
) -> Result<u64, DbErr> {
    sweep_dead_letters::<table::Entity>(db, now, max).await
}

impl Mailer {
    /// Updates the metric of queued emails.
    pub(crate) async fn measure(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let queued = count_queued::<table::Entity>(db).await?;
        let queued = i64::try_from(queued).unwrap_or(i64::MAX);
        self.metrics.emails_waiting.set(queued);
        Ok(())
    }
}
