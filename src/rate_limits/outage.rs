//! Outages of Redis: no request waits for it again for a moment, and the outage is logged at intervals, not for every
//! request.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// How long Redis is not used after a failure, in milliseconds.
const PAUSE: i64 = 1_000;

/// The minimum time between two log lines, in milliseconds.
const REMINDER: i64 = 60_000;

/// The start of an outage of Redis, in milliseconds of a monotonic clock.
#[derive(Debug)]
pub(super) struct Outage {
    failed_at: AtomicI64,
    said_at: AtomicI64,
    was_said: AtomicBool,
}

impl Default for Outage {
    fn default() -> Self {
        Self {
            failed_at: AtomicI64::new(i64::MIN),
            said_at: AtomicI64::new(i64::MIN),
            was_said: AtomicBool::new(false),
        }
    }
}

impl Outage {
    /// Returns whether it is too early to try again.
    pub(super) fn is_fresh(&self, now: i64) -> bool {
        is_within(PAUSE, self.failed_at.load(Ordering::Relaxed), now)
    }

    /// Records a failure.
    pub(super) fn goes_on(&self, error: &str, now: i64) {
        self.failed_at.store(now, Ordering::Relaxed);
        let said_at = self.said_at.load(Ordering::Relaxed);
        let is_first = |said_at| {
            let swapped =
                self.said_at
                    .compare_exchange(said_at, now, Ordering::Relaxed, Ordering::Relaxed);
            swapped.is_ok()
        };
        if !is_within(REMINDER, said_at, now) && is_first(said_at) {
            self.was_said.store(true, Ordering::Relaxed);
            tracing::warn!(
                error,
                "Redis unreachable: each instance enforces its own limits"
            );
        }
    }

    /// Records a success.
    pub(super) fn is_over(&self) {
        if self.was_said.swap(false, Ordering::Relaxed) {
            tracing::info!("Redis reachable again: limits are shared");
        }
    }
}

/// Returns whether `now` is before the end of `span`. It may be before `since`, too: concurrent requests read the time
/// before they wait for Redis.
fn is_within(span: i64, since: i64, now: i64) -> bool {
    now.saturating_sub(since) < span
}

#[cfg(test)]
mod tests {
    use super::{Outage, PAUSE};

    #[test]
    fn it_is_not_asked_for_a_moment_and_then_again() {
        let outage = Outage::default();
        assert!(!outage.is_fresh(0) && !outage.is_fresh(1_800_000_000_000));
        outage.goes_on("refused", 5_000);
        assert!(outage.is_fresh(5_000) && outage.is_fresh(5_000 + PAUSE - 1));
        assert!(!outage.is_fresh(5_000 + PAUSE));
        assert!(outage.is_fresh(4_999), "of a request that began earlier");
    }
}
