//! Where the time comes from.
//!
//! Operations ask [`Clock::now`] once, at their top, and hand the value on, so a test moves time
//! instead of waiting. Every instant is cut to whole milliseconds here: SQLite and `PostgreSQL` keep
//! different precisions, and both must give back what was written.

use std::fmt::Debug;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// A source of the current time, in UTC and whole milliseconds.
pub trait Clock: Debug + Send + Sync {
    /// The current time, cut to whole milliseconds.
    fn now(&self) -> DateTime<Utc>;

    /// The time since some moment of this process's past. It only goes forward, whatever happens to the system's
    /// clock.
    fn monotonic(&self) -> Duration;
}

/// The moment that the monotonic time counts from.
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

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct FixedClock {
    now: Mutex<(DateTime<Utc>, Duration)>,
}

impl FixedClock {
    /// A clock that shows `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            now: Mutex::new((whole_milliseconds(now), Duration::ZERO)),
        }
    }

    /// Moves the clock on by `step`. If it is negative, the clock is set back, and no time passes.
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
}

fn whole_milliseconds(time: DateTime<Utc>) -> DateTime<Utc> {
    time.duration_trunc(TimeDelta::milliseconds(1))
        .unwrap_or(time)
}
