//! What a feature states about its jobs.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::db::WriteTransaction;

/// A table of jobs and its columns.
pub(crate) trait JobTable: EntityTrait<Model: Send + Sync> {
    /// The identifier, a UUID.
    const ID: Self::Column;
    /// The user whom the job is about, if any.
    const USER_ID: Self::Column;
    /// What kind of job it is, for operators.
    const KIND: Self::Column;
    /// What is delivered; a dead letter has none.
    const PAYLOAD: Self::Column;
    /// When the job was written.
    const CREATED_AT: Self::Column;
    /// When the job becomes a dead letter.
    const EXPIRES_AT: Self::Column;
    /// When the next delivery attempt is due, or until when the lease lasts.
    const NEXT_ATTEMPT_AT: Self::Column;
    /// Identifies the lease of the instance that attempts the job now.
    const LEASE: Self::Column;
    /// How many delivery attempts began.
    const ATTEMPTS: Self::Column;
    /// Why the last attempt failed.
    const LAST_ERROR: Self::Column;
    /// When the job became a dead letter.
    const DEAD_SINCE: Self::Column;
    /// In which lane the job waits: those of a lower one are attempted first.
    const LANE: Self::Column;
    /// How many lanes there are.
    const LANES: i16;

    /// Returns the identifier of a job.
    fn id(row: &Self::Model) -> Uuid;

    /// Returns how many delivery attempts of a job began.
    fn attempts(row: &Self::Model) -> i32;
}

/// A job that this instance holds the lease of.
#[derive(Clone, Debug)]
pub(crate) struct Job<M> {
    /// The job's row.
    pub(crate) row: M,
    /// The number of this delivery attempt, from 1.
    pub(crate) attempt: i32,
    pub(super) id: Uuid,
    pub(super) lease: Uuid,
}

/// Why a delivery attempt failed.
#[derive(Debug)]
pub(crate) struct DeliveryError {
    /// The reason, for operators. Holds no personal data.
    pub(crate) reason: String,
    /// Whether the other side rejected the job for good. Such a job is attempted as seldom as possible.
    pub(crate) is_permanent: bool,
}

impl DeliveryError {
    /// A failure that the next attempt may not meet again.
    pub(crate) fn retryable(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            is_permanent: false,
        }
    }

    /// A failure that lasts until somebody changes something.
    pub(crate) fn permanent(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            is_permanent: true,
        }
    }
}

/// The jobs of one table, and how each is delivered.
pub(crate) trait Queue: Sync {
    /// The table.
    type Table: JobTable;
    /// What a delivery passes on to [`Queue::complete`].
    type Receipt: Send;

    /// Returns how long one delivery attempt may take.
    fn timeout(&self) -> Duration;

    /// Delivers one job, within the timeout.
    fn deliver(
        &self,
        job: &Job<Row<Self>>,
        now: DateTime<Utc>,
    ) -> impl Future<Output = Result<Self::Receipt, DeliveryError>> + Send;

    /// Does what follows from a delivery, in the transaction that then removes the job.
    fn complete(
        &self,
        tx: &WriteTransaction,
        receipt: Self::Receipt,
    ) -> impl Future<Output = Result<(), DbErr>> + Send;

    /// Logs and counts a delivery.
    fn record_delivery(&self, job: &Job<Row<Self>>);

    /// Logs and counts a failed attempt.
    fn record_failure(
        &self,
        job: &Job<Row<Self>>,
        error: &DeliveryError,
        next_attempt_at: DateTime<Utc>,
    );
}

/// A row of a queue's table.
pub(super) type Row<Q> = <<Q as Queue>::Table as EntityTrait>::Model;

/// The state of a queue.
pub(crate) struct QueueState {
    /// How many jobs wait for delivery.
    pub(crate) waiting: u64,
    /// When the oldest of them was written that no attempt was made for: later ones depend on the receiver.
    pub(crate) oldest: Option<DateTime<Utc>>,
    /// How many dead letters are kept.
    pub(crate) dead: u64,
}

/// Returns the state of a queue at `now`.
pub(crate) async fn measure_queue<T>(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<QueueState, DbErr>
where
    T: JobTable,
{
    let waiting = T::find().filter(T::DEAD_SINCE.is_null());
    // Not `IS NOT NULL`, for which the index has no condition.
    let dead = T::find().filter(T::DEAD_SINCE.lte(now));
    let oldest = waiting
        .clone()
        .select_only()
        .column(T::CREATED_AT)
        .filter(T::ATTEMPTS.eq(0))
        .order_by_asc(T::CREATED_AT)
        .limit(1);
    Ok(QueueState {
        waiting: waiting.count(db).await?,
        oldest: oldest.into_tuple().one(db).await?,
        dead: dead.count(db).await?,
    })
}
