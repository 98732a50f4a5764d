//! Leasing the jobs that are due, and attempting them.
//!
//! A lease is a visibility timeout: it moves the job's next attempt behind the time that an attempt may take. Of
//! several instances one leases a job (`FOR UPDATE SKIP LOCKED`; SQLite has one writer at a time). If that instance is
//! killed, the job is due again when the lease expires.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
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
const MAX_CONCURRENT: u64 = 4;
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
        let mut attempted = 0;
        while !stop.is_cancelled() {
            let leased = self.lease_due(queue, db, clock.now()).await?;
            if leased.is_empty() {
                break;
            }
            attempted += leased.len();
            let attempts = leased
                .iter()
                .map(|job| self.attempt(queue, (db, clock), job));
            for result in join_all(attempts).await {
                result?;
            }
        }
        Ok(attempted)
    }

    async fn lease_due<Q: Queue>(
        &self,
        queue: &Q,
        db: &Db,
        now: DateTime<Utc>,
    ) -> Result<Vec<Job<Row<Q>>>, InternalError> {
        let Some(first) = first_lane::<Q::Table>(db, now).await? else {
            return Ok(Vec::new());
        };
        let tx = db.begin_write().await?;
        let mut rows = Vec::new();
        for lane in first..Q::Table::LANES {
            let room = MAX_CONCURRENT.saturating_sub(rows.len() as u64);
            if room == 0 {
                break;
            }
            let due = due_in::<Q::Table>(lane, now)
                .limit(room)
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
        job: &Job<Row<Q>>,
    ) -> Result<(), InternalError> {
        match queue.deliver(job, clock.now()).await {
            Ok(receipt) => {
                queue.record_delivery(job);
                complete(queue, db, (job, receipt)).await
            }
            Err(error) => {
                self.retry_later(queue, (db, clock.now()), (job, error))
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
