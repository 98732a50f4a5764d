//! The source of time.
//!
//! Operations call [`Clock::now`] once, at their start, and pass the value on, so that a test moves time instead of
//! waiting. Every instant is truncated to whole milliseconds here: SQLite and `PostgreSQL` have different precisions,
//! and both must return what was written.

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// A source of the current time, in UTC and whole milliseconds.
pub trait Clock: Debug + Send + Sync {
    /// Returns the current time, truncated to whole milliseconds.
    fn now(&self) -> DateTime<Utc>;

    /// Returns the time since a fixed moment in this process's past. It never goes back, whatever happens to the
    /// system's clock.
    fn monotonic(&self) -> Duration;

    /// Returns whether the clocks of other machines are expected to show the same time.
    fn is_synchronized(&self) -> bool {
        true
    }
}

/// The reference of the monotonic time.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The operating system's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the system's clock"
    )]
    fn now(&self) -> DateTime<Utc> {
        whole_milliseconds(Utc::now())
    }

    fn monotonic(&self) -> Duration {
        Instant::now().saturating_duration_since(*START)
    }
}

/// A clock that only a test moves.
#[derive(Debug)]
pub struct FixedClock {
    now: Mutex<(DateTime<Utc>, Duration)>,
    is_synchronized: AtomicBool,
}

impl FixedClock {
    /// Creates a clock that shows `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            now: Mutex::new((whole_milliseconds(now), Duration::ZERO)),
            is_synchronized: AtomicBool::new(false),
        }
    }

    /// Sets whether a difference from another clock is a fault, as it is of a machine's clock.
    pub fn set_synchronized(&self, is_synchronized: bool) {
        self.is_synchronized
            .store(is_synchronized, Ordering::Relaxed);
    }

    /// Advances the clock by `step`. If it is negative, the clock is set back, and no time passes.
    pub fn advance(&self, step: TimeDelta) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.0 = whole_milliseconds(now.0 + step);
        now.1 += step.to_std().unwrap_or_default();
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    fn monotonic(&self) -> Duration {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).1
    }

    fn is_synchronized(&self) -> bool {
        self.is_synchronized.load(Ordering::Relaxed)
    }
}

fn whole_milliseconds(time: DateTime<Utc>) -> DateTime<Utc> {
    time.duration_trunc(TimeDelta::milliseconds(1))
        .unwrap_or(time)
}
