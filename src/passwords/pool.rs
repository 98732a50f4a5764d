//! Threads for work that occupies a core for a long time.
//!
//! A bounded queue rejects jobs at once when it is full, and drops a job whose requester has disconnected. The threads
//! run at the lowest priority of the system, so that hashing does not delay requests that need no hash.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use thread_priority::{ThreadPriority, set_current_thread_priority};
use tokio::sync::oneshot;

use crate::errors::{InternalError, OperationError};
use crate::metrics::Metrics;

/// When to try again after the queue was full.
const RETRY_AFTER: Duration = Duration::from_secs(1);

type Job = Box<dyn FnOnce() + Send>;

/// The threads and their queue. Dropping it lets the threads finish the queue and stop.
pub(crate) struct Pool {
    queue: SyncSender<Job>,
    metrics: Arc<Metrics>,
}

impl Pool {
    /// Starts the threads.
    pub(crate) fn start(
        threads: usize,
        queue_capacity: usize,
        metrics: Arc<Metrics>,
    ) -> Result<Self, InternalError> {
        let (queue, jobs) = sync_channel(queue_capacity);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..threads {
            let jobs = jobs.clone();
            std::thread::Builder::new()
                .name(format!("hasher-{number}"))
                .spawn(move || run_jobs(&jobs))
                .map_err(InternalError::new)?;
        }
        Ok(Self { queue, metrics })
    }

    /// Runs `work` on one of the threads and waits for its result.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, OperationError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let (reply, result) = oneshot::channel();
        let metrics = self.metrics.clone();
        let queued_at = Instant::now();
        let _counted = Pending::count(&self.metrics);
        let job: Job = Box::new(move || {
            metrics
                .hash_wait_seconds
                .observe(queued_at.elapsed().as_secs_f64());
            if !reply.is_closed() {
                let _requester_may_have_left = reply.send(work());
            }
        });
        let sent = self.queue.try_send(job);
        match sent {
            Ok(()) => result
                .await
                .map_err(|_| InternalError::new("a hashing job broke off").into()),
            Err(TrySendError::Full(_)) => {
                self.metrics.hashes_rejected.inc();
                Err(OperationError::Overloaded {
                    retry_after: RETRY_AFTER,
                })
            }
            Err(TrySendError::Disconnected(_)) => {
                Err(InternalError::new("the hashing threads are gone").into())
            }
        }
    }
}

/// One hash that is queued or in progress, until dropped. Also dropped when its requester disconnects.
struct Pending<'a>(&'a Metrics);

impl<'a> Pending<'a> {
    fn count(metrics: &'a Metrics) -> Self {
        metrics.hashes_pending.inc();
        Self(metrics)
    }
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        self.0.hashes_pending.dec();
    }
}

fn run_jobs(jobs: &Mutex<Receiver<Job>>) {
    if let Err(error) = set_current_thread_priority(ThreadPriority::Min) {
        tracing::debug!(?error, "priority of hashing threads not lowered");
    }
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // The job's reply is dropped with it, which notifies its requester of the panic.
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("hashing job panicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::channel;

    use super::Pool;
    use crate::errors::OperationError;
    use crate::metrics::Metrics;

    #[tokio::test]
    async fn a_full_queue_refuses_at_once() {
        let pool = Arc::new(Pool::start(1, 1, Arc::new(Metrics::new())).unwrap());
        let (started, is_started) = channel();
        let (release, released) = channel::<()>();
        let running = pool.clone();
        let first = tokio::spawn(async move {
            running
                .run(move || {
                    started.send(()).unwrap();
                    released.recv().unwrap();
                })
                .await
        });
        while is_started.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        let waiting = pool.clone();
        let second = tokio::spawn(async move { waiting.run(|| 2).await });
        tokio::task::yield_now().await;

        assert!(matches!(
            pool.run(|| 3).await,
            Err(OperationError::Overloaded { .. })
        ));

        release.send(()).unwrap();
        first.await.unwrap().unwrap();
        assert_eq!(second.await.unwrap().unwrap(), 2);
    }

    #[tokio::test]
    async fn what_nobody_waits_for_any_more_is_not_begun() {
        let pool = Arc::new(Pool::start(1, 4, Arc::new(Metrics::new())).unwrap());
        let (started, is_started) = channel();
        let (release, released) = channel::<()>();
        let running = pool.clone();
        let first = tokio::spawn(async move {
            let held = move || {
                started.send(()).unwrap();
                released.recv().unwrap();
            };
            running.run(held).await
        });
        while is_started.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        let (begun, is_begun) = channel();
        let leaving = pool.clone();
        let second = tokio::spawn(async move { leaving.run(move || begun.send(())).await });
        tokio::task::yield_now().await;
        second.abort();
        assert!(second.await.unwrap_err().is_cancelled());

        release.send(()).unwrap();

        first.await.unwrap().unwrap();
        assert_eq!(pool.run(|| 3).await.unwrap(), 3);
        assert!(is_begun.try_recv().is_err());
    }

    #[tokio::test]
    async fn a_job_that_panics_is_a_fault_and_the_pool_lives() {
        let pool = Pool::start(1, 4, Arc::new(Metrics::new())).unwrap();
        let broken = pool.run(|| assert_eq!(1, 2)).await;
        assert!(matches!(broken, Err(OperationError::Internal(_))));
        assert_eq!(pool.run(|| 7).await.unwrap(), 7);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn hashing_threads_have_the_lowest_priority() {
        let pool = Pool::start(1, 4, Arc::new(Metrics::new())).unwrap();
        let stat = pool
            .run(|| std::fs::read_to_string("/proc/thread-self/stat").unwrap())
            .await
            .unwrap();
        let nice = stat
            .rsplit(')')
            .next()
            .unwrap()
            .split_whitespace()
            .nth(16)
            .unwrap();
        assert_eq!(nice, "19");
    }
}
