//! Leasing the jobs that are due, and attempting them.
//!
//! A lease is a visibility timeout: it moves the job's next attempt behind the time that an attempt may take. Of
//! several instances one leases a job (`FOR UPDATE SKIP LOCKED`; SQLite has one writer at a time). If that instance is
//! killed, the job is due again when the lease expires.

use std::mem;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::backoff::backoff;
use super::queue::{DeliveryError, Job, JobTable, Queue, Row};
use crate::clock::Clock;
use crate::db::{Db, WriteTransaction};
use crate::entropy::{Entropy, Identifiers};
use crate::errors::InternalError;

/// The maximum number of jobs attempted at a time.
const MAX_CONCURRENT: usize = 4;
/// How much longer than an attempt a lease lasts.
const MARGIN: TimeDelta = TimeDelta::seconds(30);

/// Attempts the jobs of one queue in this process.
pub(crate) struct Dispatcher {
    entropy: Arc<dyn Entropy>,
    leases: Identifiers,
    /// Held while jobs are attempted, so that a second caller finds all of them attempted.
    running: Mutex<()>,
    /// Notified of each new job.
    enqueued: Arc<Notify>,
}

/// What happened while jobs are attempted.
enum Step<R> {
    Leased(Result<Vec<Job<R>>, InternalError>),
    Attempted(Result<(), InternalError>),
    Enqueued,
}

/// What is in progress, and what came of the rest.
struct Progress {
    attempted: usize,
    attempts: usize,
    is_leasing: bool,
    /// Whether to look for due jobs again.
    may_be_due: bool,
    failed: Option<InternalError>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            attempted: 0,
            attempts: 0,
            is_leasing: false,
            may_be_due: true,
            failed: None,
        }
    }
}

impl Progress {
    /// Returns how many jobs to lease now, if any. After a failure, the attempts in progress are finished.
    fn room(&mut self, stop: &CancellationToken) -> Option<usize> {
        let room = MAX_CONCURRENT - self.attempts;
        let leases = room > 0 && !self.is_leasing && self.failed.is_none() && !stop.is_cancelled();
        (leases && mem::take(&mut self.may_be_due)).then_some(room)
    }

    /// Notes a step, and returns the jobs to attempt next.
    fn take<R>(&mut self, step: Step<R>) -> Vec<Job<R>> {
        match step {
            Step::Leased(leased) => {
                self.is_leasing = false;
                let jobs = leased.unwrap_or_else(|error| {
                    self.failed.get_or_insert(error);
                    Vec::new()
                });
                self.attempted += jobs.len();
                self.attempts += jobs.len();
                jobs
            }
            Step::Attempted(attempt) => {
                self.attempts -= 1;
                self.may_be_due = true;
                if let Err(error) = attempt {
                    self.failed.get_or_insert(error);
                }
                Vec::new()
            }
            Step::Enqueued => {
                self.may_be_due = true;
                Vec::new()
            }
        }
    }
}

impl Dispatcher {
    pub(crate) fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self {
            leases: Identifiers::new(entropy.clone()),
            entropy,
            running: Mutex::new(()),
            enqueued: Arc::default(),
        }
    }

    /// Announces a job that `tx` wrote, once that is committed.
    pub(crate) fn announce(&self, tx: &WriteTransaction) {
        tx.once_committed(&self.enqueued);
    }

    /// Returns once a job was announced in this process.
    pub(crate) async fn enqueued(&self) {
        self.enqueued.notified().await;
    }

    /// Attempts every job that is due, and returns how many attempts there were. Once `stop` is cancelled, only the
    /// attempts in progress are finished. A job whose delivery fails does not delay the others.
    pub(crate) async fn deliver_due<Q: Queue>(
        &self,
        queue: &Q,
        (db, clock): (&Db, &dyn Clock),
        stop: &CancellationToken,
    ) -> Result<usize, InternalError> {
        let _running = self.running.lock().await;
        let mut progress = Progress::default();
        // Leases, too: an attempt may hold the one writer of SQLite, and must go on meanwhile.
        let mut steps = FuturesUnordered::new();
        loop {
            if let Some(room) = progress.room(stop) {
                progress.is_leasing = true;
                let leased = self.lease_due(queue, (db, clock.now()), room);
                steps.push(async move { Step::Leased(leased.await) }.boxed());
            }
            let step = tokio::select! {
                Some(step) = steps.next() => step,
                // One that hangs does not delay a new one.
                () = self.enqueued(), if !steps.is_empty() => Step::Enqueued,
                else => return progress.failed.map_or(Ok(progress.attempted), Err),
            };
            for job in progress.take(step) {
                let attempt = self.attempt(queue, (db, clock), job);
                steps.push(async move { Step::Attempted(attempt.await) }.boxed());
            }
        }
    }

    async fn lease_due<Q: Queue>(
        &self,
        queue: &Q,
        (db, now): (&Db, DateTime<Utc>),
        most: usize,
    ) -> Result<Vec<Job<Row<Q>>>, InternalError> {
        let Some(first) = first_lane::<Q::Table>(db, now).await? else {
            return Ok(Vec::new());
        };
        let tx = db.begin_write().await?;
        let mut rows = Vec::new();
        for lane in first..Q::Table::LANES {
            let room = most.saturating_sub(rows.len());
            if room == 0 {
                break;
            }
            let due = due_in::<Q::Table>(lane, now)
                .limit(room as u64)
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
            rows.extend(due.all(&*tx).await?);
        }
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let lease = self.leases.next(now);
        let lasts = TimeDelta::from_std(queue.timeout()).map_err(InternalError::new)? + MARGIN;
        Q::Table::update_many()
            .col_expr(Q::Table::LEASE, Expr::value(lease))
            .col_expr(Q::Table::NEXT_ATTEMPT_AT, Expr::value(now + lasts))
            .col_expr(Q::Table::ATTEMPTS, Expr::col(Q::Table::ATTEMPTS).add(1))
            .filter(Q::Table::ID.is_in(rows.iter().map(Q::Table::id)))
            .exec(&*tx)
            .await?;
        tx.commit().await?;
        let leased = rows.into_iter().map(|row| Job {
            attempt: Q::Table::attempts(&row) + 1,
            id: Q::Table::id(&row),
            row,
            lease,
        });
        Ok(leased.collect())
    }

    async fn attempt<Q: Queue>(
        &self,
        queue: &Q,
        (db, clock): (&Db, &dyn Clock),
        job: Job<Row<Q>>,
    ) -> Result<(), InternalError> {
        match queue.deliver(&job, clock.now()).await {
            Ok(receipt) => {
                queue.record_delivery(&job);
                complete(queue, db, (&job, receipt)).await
            }
            Err(error) => {
                self.retry_later(queue, (db, clock.now()), (&job, error))
                    .await
            }
        }
    }

    async fn retry_later<Q: Queue>(
        &self,
        queue: &Q,
        (db, now): (&Db, DateTime<Utc>),
        (job, error): (&Job<Row<Q>>, DeliveryError),
    ) -> Result<(), InternalError> {
        let attempts = u32::try_from(job.attempt).unwrap_or(u32::MAX);
        let next = now + backoff(attempts, error.is_permanent, &*self.entropy);
        queue.record_failure(job, &error, next);
        let tx = db.begin_write().await?;
        Q::Table::update_many()
            .col_expr(Q::Table::NEXT_ATTEMPT_AT, Expr::value(next))
            .col_expr(Q::Table::LAST_ERROR, Expr::value(error.reason))
            .col_expr(Q::Table::LEASE, Expr::value(None::<Uuid>))
            .filter(still_leased::<Q>(job))
            .exec(&*tx)
            .await?;
        Ok(tx.commit().await?)
    }
}

async fn complete<Q: Queue>(
    queue: &Q,
    db: &Db,
    (job, receipt): (&Job<Row<Q>>, Q::Receipt),
) -> Result<(), InternalError> {
    let tx = db.begin_write().await?;
    queue.complete(&tx, receipt).await?;
    Q::Table::delete_many()
        .filter(still_leased::<Q>(job))
        .exec(&*tx)
        .await?;
    Ok(tx.commit().await?)
}

/// Selects the jobs that are due in `lane`, the longest due first.
fn due_in<T: JobTable>(lane: i16, now: DateTime<Utc>) -> Select<T> {
    T::find()
        .filter(T::DEAD_SINCE.is_null())
        .filter(T::LANE.eq(lane))
        .filter(T::NEXT_ATTEMPT_AT.lte(now))
        .order_by_asc(T::NEXT_ATTEMPT_AT)
}

/// Returns the first lane in which a job is due. Reading first costs no turn of SQLite's one writer.
async fn first_lane<T: JobTable>(db: &Db, now: DateTime<Utc>) -> Result<Option<i16>, DbErr> {
    for lane in 0..T::LANES {
        let found: Vec<Uuid> = due_in::<T>(lane, now)
            .select_only()
            .column(T::ID)
            .limit(1)
            .into_tuple()
            .all(db.read())
            .await?;
        if !found.is_empty() {
            return Ok(Some(lane));
        }
    }
    Ok(None)
}

/// Conditional on the lease: an instance that was delayed beyond it no longer decides about the job.
fn still_leased<Q: Queue>(job: &Job<Row<Q>>) -> Condition {
    Condition::all()
        .add(Q::Table::ID.eq(job.id))
        .add(Q::Table::LEASE.eq(job.lease))
}
