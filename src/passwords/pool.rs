//! Threads for work that occupies a core for a long time: password hashes and strength estimates.
//!
//! A thread takes the oldest job. If that is a hash, it takes up to three more hashes of the same cost with it and computes
//! them side by side, which takes little longer than one (`bcrypt-lanes`). Nothing waits for company. The threads run at low
//! priority, so that hashing does not delay requests that need no hash. Half as many others, of ordinary priority, take jobs
//! that have waited for a second, because under a flood of other requests threads of low priority hardly run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use bcrypt_lanes::{Input, MAX_LANES};
use thread_priority::{ThreadPriority, ThreadPriorityValue, set_current_thread_priority};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use super::queue::{Batch, Full, Priority, Queue, Work};
use crate::errors::{InternalError, OperationError};
use crate::metrics::Metrics;
use crate::traces::Parent;

/// The low priority, of 0 to 100: on Linux a nice value of 10.
const LOW: u8 = 22;

/// A digest to compute.
pub(super) struct DigestJob {
    pub(super) salt: [u8; 16],
    /// At most 72 bytes.
    pub(super) password: Zeroizing<Vec<u8>>,
    pub(super) reply: oneshot::Sender<Result<[u8; 24], bcrypt_lanes::Error>>,
    /// The span of its requester.
    pub(super) span: Parent,
}

/// The threads and their queue. Dropping it lets the threads finish the queue and stop.
pub(crate) struct Pool {
    queue: Arc<Queue>,
    metrics: Arc<Metrics>,
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queue.close();
    }
}

impl Pool {
    /// Starts the threads.
    pub(crate) fn start(
        threads: usize,
        queue_capacity: usize,
        metrics: Arc<Metrics>,
    ) -> Result<Self, InternalError> {
        let queue = Arc::new(Queue::new(threads, queue_capacity));
        let pool = Self { queue, metrics };
        // Half as many for late jobs, so that requests without a hash keep a part of the processor.
        let groups = [
            ("hasher", Priority::Low, threads),
            ("late-hasher", Priority::Ordinary, threads.div_ceil(2)),
        ];
        for (name, priority, threads) in groups {
            for number in 0..threads {
                let (queue, metrics) = (pool.queue.clone(), pool.metrics.clone());
                std::thread::Builder::new()
                    .name(format!("{name}-{number}"))
                    .spawn(move || run_jobs(&queue, priority, &metrics))
                    .map_err(InternalError::new)?;
            }
        }
        Ok(pool)
    }

    /// Checks that a digest of `cost` would be computed in time, before other work is done for it in vain.
    pub(super) fn check_room(&self, cost: u32) -> Result<(), OperationError> {
        let room = self.queue.check_room(cost, Instant::now());
        room.map_err(|full| self.overloaded(&full))
    }

    /// Computes the bcrypt digest of `password`, of which the first 72 bytes count. The 24th byte is not stored.
    pub(super) async fn digest(
        &self,
        cost: u32,
        salt: [u8; 16],
        mut password: Zeroizing<Vec<u8>>,
    ) -> Result<[u8; 24], OperationError> {
        password.truncate(bcrypt_lanes::MAX_PASSWORD);
        let (reply, result) = oneshot::channel();
        let job = DigestJob {
            salt,
            password,
            reply,
            span: Parent::current(),
        };
        let digest = self.wait_for(Work::Digest(cost, job), result).await?;
        Ok(digest.map_err(InternalError::new)?)
    }

    /// Runs `work` on one of the threads and waits for its result.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, OperationError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let (reply, result) = oneshot::channel();
        let job = Box::new(move || {
            if !reply.is_closed() {
                let _requester_may_have_left = reply.send(work());
            }
        });
        self.wait_for(Work::Other(job), result).await
    }

    async fn wait_for<T>(
        &self,
        work: Work,
        result: oneshot::Receiver<T>,
    ) -> Result<T, OperationError> {
        let _counted = Pending::count(&self.metrics);
        let pushed = self.queue.push(work, Instant::now());
        pushed.map_err(|full| self.overloaded(&full))?;
        result
            .await
            .map_err(|_| InternalError::new("a hashing job broke off").into())
    }

    fn overloaded(&self, full: &Full) -> OperationError {
        self.metrics.passwords.rejected.inc();
        OperationError::Overloaded {
            retry_after: full.retry_after,
        }
    }
}

/// One hash that is queued or in progress, until dropped. Also dropped when its requester disconnects.
struct Pending<'a>(&'a Metrics);

impl<'a> Pending<'a> {
    fn count(metrics: &'a Metrics) -> Self {
        metrics.passwords.pending.inc();
        Self(metrics)
    }
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        self.0.passwords.pending.dec();
    }
}

fn run_jobs(queue: &Queue, priority: Priority, metrics: &Metrics) {
    if priority == Priority::Low {
        let lowered = ThreadPriorityValue::try_from(LOW).map(ThreadPriority::Crossplatform);
        if let Err(error) = lowered.map(set_current_thread_priority) {
            tracing::debug!(?error, "priority of hashing threads not lowered");
        }
    }
    while let Some(taken) = queue.take(priority) {
        let started_at = Instant::now();
        for queued_at in &taken.queued_at {
            let waited = started_at.duration_since(*queued_at);
            metrics.passwords.wait_seconds.observe(waited.as_secs_f64());
        }
        let kind = taken.kind;
        // The replies are dropped with the batch, which notifies the requesters of the panic.
        let run = AssertUnwindSafe(|| match taken.batch {
            Batch::Digests(cost, jobs) => {
                metrics.passwords.batch_size.observe(count(jobs.len()));
                record_waits(&jobs, &taken.queued_at, started_at);
                digest(cost, jobs);
            }
            Batch::Other(job) => job(),
        });
        if catch_unwind(run).is_err() {
            tracing::error!("hashing job panicked");
        }
        let took = started_at.elapsed().as_secs_f64();
        metrics.passwords.batch_seconds.observe(took);
        queue.finish(kind, started_at);
    }
}

fn record_waits(jobs: &[DigestJob], queued_at: &[Instant], started_at: Instant) {
    for (job, queued_at) in jobs.iter().zip(queued_at) {
        job.span.record("hash wait", (*queued_at, started_at), []);
    }
}

#[expect(clippy::disallowed_methods, reason = "runs on the pool")]
fn digest(cost: u32, jobs: Vec<DigestJob>) {
    let begun = Instant::now();
    let inputs: Vec<Input<'_>> = jobs
        .iter()
        .map(|job| Input {
            salt: job.salt,
            password: &job.password,
        })
        .collect();
    let mut digests = [[0; 24]; MAX_LANES];
    let computed = bcrypt_lanes::bcrypt_batch(cost, &inputs, &mut digests);
    let (ended, lanes) = (
        Instant::now(),
        i64::try_from(jobs.len()).unwrap_or_default(),
    );
    for (job, digest) in jobs.into_iter().zip(digests) {
        let attributes = [
            ("gatehouse.hash.cost", i64::from(cost)),
            ("gatehouse.hash.lanes", lanes),
        ];
        job.span.record("hash", (begun, ended), attributes);
        let _requester_may_have_left = job.reply.send(computed.map(|()| digest));
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most four")]
fn count(jobs: usize) -> f64 {
    jobs as f64
}

#[cfg(test)]
#[path = "pool_tests.rs"]
mod tests;
