//! Deletes old dead letters, and measures the queue.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::Mailer;
use crate::db::entity::outbox as table;
use crate::jobs::{measure_queue, sweep_dead_letters};

/// Deletes at most `max` of the records that were kept long enough, oldest first. Returns how many were deleted.
pub(crate) async fn sweep(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    max: u64,
) -> Result<u64, DbErr> {
    sweep_dead_letters::<table::Entity>(db, now, max).await
}

impl Mailer {
    /// Updates the metrics of queued emails and dead letters.
    pub(crate) async fn measure(
        &self,
        db: &impl ConnectionTrait,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        let queue = measure_queue::<table::Entity>(db, now).await?;
        let emails = &self.metrics.emails;
        let counted = |number| i64::try_from(number).unwrap_or(i64::MAX);
        emails.waiting.set(counted(queue.waiting));
        emails.dead_letters.set(counted(queue.dead));
        let age = queue
            .oldest
            .map_or(TimeDelta::zero(), |oldest| now - oldest);
        emails.oldest_seconds.set(age.as_seconds_f64().max(0.0));
        Ok(())
    }
}
