//! The queue of the hashing threads: bounded by number and by time, and emptied in batches.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bcrypt_lanes::MAX_LANES;

use super::pace::{Kind, Pace};
use super::pool::DigestJob;

/// The maximum wait of a job; one that would wait longer is rejected.
const MAX_WAIT: Duration = Duration::from_secs(2);
/// The wait after which a job is also taken by a thread of ordinary priority.
const MAX_WAIT_FOR_LOW: Duration = Duration::from_secs(1);
/// The minimum retry time of a rejection.
const MIN_RETRY: Duration = Duration::from_secs(1);
/// The maximum retry time of a rejection: the estimate may come from an exceptional pause.
const MAX_RETRY: Duration = Duration::from_secs(10);

/// A job for the threads.
pub(super) enum Work {
    /// A bcrypt digest of this cost.
    Digest(u32, DigestJob),
    /// Anything else.
    Other(Box<dyn FnOnce() + Send>),
}

/// What one thread runs at a time.
pub(super) enum Batch {
    /// Digests of one cost, at most [`MAX_LANES`].
    Digests(u32, Vec<DigestJob>),
    /// Anything else.
    Other(Box<dyn FnOnce() + Send>),
}

/// A batch, and since when its jobs have waited.
pub(super) struct Taken {
    pub(super) batch: Batch,
    pub(super) kind: Kind,
    pub(super) queued_at: Vec<Instant>,
}

/// The priority of a thread. While other work keeps the processor busy, threads of low priority hardly run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Priority {
    /// Takes any job.
    Low,
    /// Takes jobs that have waited for [`MAX_WAIT_FOR_LOW`].
    Ordinary,
}

/// The queue has no room.
#[derive(Debug)]
pub(super) struct Full {
    /// When there is room again if no more jobs come, as estimated.
    pub(super) retry_after: Duration,
}

pub(super) struct Queue {
    threads: usize,
    capacity: usize,
    state: Mutex<State>,
    changed: Condvar,
    /// For the threads of ordinary priority.
    begun: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<(Work, Instant)>,
    /// The number of queued digests by cost.
    digests: BTreeMap<u32, usize>,
    /// The number of threads without work.
    idle: usize,
    /// What the other threads work at, and since when.
    running: Vec<(Kind, Instant)>,
    pace: Pace,
    is_closed: bool,
}

impl Queue {
    pub(super) fn new(threads: usize, capacity: usize) -> Self {
        Self {
            threads,
            capacity,
            state: Mutex::default(),
            changed: Condvar::new(),
            begun: Condvar::new(),
        }
    }

    /// Checks that a digest of `cost` that comes now would have room.
    pub(super) fn check_room(&self, cost: u32, now: Instant) -> Result<(), Full> {
        self.admit(&self.state(), Some(cost), now)
    }

    /// Adds a job, unless the queue is full or the job would wait too long.
    pub(super) fn push(&self, work: Work, now: Instant) -> Result<(), Full> {
        let mut state = self.state();
        let cost = match &work {
            Work::Digest(cost, _) => Some(*cost),
            Work::Other(_) => None,
        };
        self.admit(&state, cost, now)?;
        if let Some(cost) = cost {
            *state.digests.entry(cost).or_default() += 1;
        }
        state.jobs.push_back((work, now));
        let is_first = state.jobs.len() == 1;
        drop(state);
        self.changed.notify_one();
        if is_first {
            self.begun.notify_all();
        }
        Ok(())
    }

    fn admit(&self, state: &State, cost: Option<u32>, now: Instant) -> Result<(), Full> {
        if state.jobs.len() >= self.capacity && state.idle <= state.jobs.len() {
            // The next batch makes room.
            return Err(Full {
                retry_after: MIN_RETRY,
            });
        }
        let wait = self.wait(state, cost, now);
        if let Some(excess) = wait.checked_sub(MAX_WAIT).filter(|it| !it.is_zero()) {
            let retry_after = excess.clamp(MIN_RETRY, MAX_RETRY);
            return Err(Full { retry_after });
        }
        Ok(())
    }

    /// Waits for work; `None` once the queue is closed and empty.
    pub(super) fn take(&self, priority: Priority) -> Option<Taken> {
        match priority {
            Priority::Low => self.take_any(),
            Priority::Ordinary => self.take_late(),
        }
    }

    fn take_any(&self) -> Option<Taken> {
        let mut state = self.state();
        loop {
            if let Some(taken) = state.next() {
                return Some(taken);
            }
            if state.is_closed {
                return None;
            }
            state.idle += 1;
            let woken = self.changed.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }

    fn take_late(&self) -> Option<Taken> {
        let mut state = self.state();
        while !state.is_closed {
            let Some((_, queued_at)) = state.jobs.front() else {
                let woken = self.begun.wait(state);
                state = woken.unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let rest = MAX_WAIT_FOR_LOW.saturating_sub(queued_at.elapsed());
            if !rest.is_zero() {
                let woken = self.begun.wait_timeout(state, rest);
                state = woken.unwrap_or_else(PoisonError::into_inner).0;
            } else if let Some(taken) = state.next() {
                return Some(taken);
            }
        }
        None
    }

    /// Notes that a batch that was started then has ended.
    pub(super) fn finish(&self, kind: Kind, started_at: Instant) {
        let mut state = self.state();
        let ended = state
            .running
            .iter()
            .position(|(running, _)| *running == kind);
        if let Some(index) = ended {
            state.running.swap_remove(index);
        }
        state.pace.note(kind, started_at.elapsed());
    }

    /// Lets the threads finish what is queued and end.
    pub(super) fn close(&self) {
        self.state().is_closed = true;
        self.changed.notify_all();
        self.begun.notify_all();
    }

    /// Estimates how long a digest of `cost`, or anything else, would wait that comes now: until one of the threads is free,
    /// when each batch goes to the thread that is free first.
    fn wait(&self, state: &State, cost: Option<u32>, now: Instant) -> Duration {
        if state.idle > state.jobs.len() {
            return Duration::ZERO;
        }
        let running = state.running.iter().map(|(kind, since)| {
            let takes = state.pace.of(*kind);
            takes.saturating_sub(now.saturating_duration_since(*since))
        });
        // With late jobs more threads may run than there are cores for them.
        let mut threads: BinaryHeap<_> = vec![Reverse(Duration::ZERO); self.threads].into();
        for takes in running.chain(state.batches(cost)) {
            if let Some(Reverse(busy)) = threads.pop() {
                threads.push(Reverse(busy.saturating_add(takes)));
            }
        }
        threads.peek().map_or(Duration::ZERO, |Reverse(busy)| *busy)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes the oldest job that somebody waits for, and those that it may take along.
    fn next(&mut self) -> Option<Taken> {
        while let Some((work, queued_at)) = self.jobs.pop_front() {
            let taken = match work {
                Work::Other(job) => Some(Taken {
                    batch: Batch::Other(job),
                    kind: Kind::Other,
                    queued_at: vec![queued_at],
                }),
                Work::Digest(cost, job) => self.batch(cost, (job, queued_at)),
            };
            if let Some(taken) = taken {
                self.running.push((taken.kind, Instant::now()));
                return Some(taken);
            }
        }
        None
    }

    /// How long each batch takes that would run before a job that comes now: a digest of `cost` would be part of the last
    /// batch of its cost.
    fn batches(&self, cost: Option<u32>) -> impl Iterator<Item = Duration> {
        let digests = self.digests.iter().flat_map(move |(queued, count)| {
            let takes = |lanes| {
                self.pace.of(Kind::Digests {
                    cost: *queued,
                    lanes,
                })
            };
            let rest = count % MAX_LANES;
            let last = (rest > 0 && cost != Some(*queued)).then(|| takes(rest));
            std::iter::repeat_n(takes(MAX_LANES), count / MAX_LANES).chain(last)
        });
        let others = self.jobs.len() - self.digests.values().sum::<usize>();
        digests.chain(std::iter::repeat_n(self.pace.of(Kind::Other), others))
    }

    /// A batch of `first` and of those behind it that it may take along; `None` if nobody waits for any of them.
    fn batch(&mut self, cost: u32, first: (DigestJob, Instant)) -> Option<Taken> {
        self.digests.entry(cost).and_modify(|count| *count -= 1);
        let waiting = 1 + self.digests.get(&cost).copied().unwrap_or_default();
        // An idle thread has been woken for what waits, so this one leaves it a share.
        let share = waiting.div_ceil(1 + self.idle).min(MAX_LANES);
        let mut jobs = vec![first];
        jobs.retain(|(job, _)| !job.reply.is_closed());
        let mut index = 0;
        while jobs.len() < share && index < self.jobs.len() {
            if !matches!(&self.jobs[index].0, Work::Digest(other, _) if *other == cost) {
                index += 1;
                continue;
            }
            if let Some((Work::Digest(_, job), queued_at)) = self.jobs.remove(index) {
                self.digests.entry(cost).and_modify(|count| *count -= 1);
                if !job.reply.is_closed() {
                    jobs.push((job, queued_at));
                }
            }
        }
        if self.digests.get(&cost) == Some(&0) {
            self.digests.remove(&cost);
        }
        let lanes = jobs.len();
        let (jobs, queued_at) = jobs.into_iter().unzip();
        (lanes > 0).then_some(Taken {
            batch: Batch::Digests(cost, jobs),
            kind: Kind::Digests { cost, lanes },
            queued_at,
        })
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
