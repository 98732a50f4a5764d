//! When a job is attempted again after a failure.

use chrono::TimeDelta;

use crate::entropy::{self, Entropy};

/// The delay after the first failure; it doubles with each.
const MIN_DELAY: TimeDelta = TimeDelta::seconds(30);
/// The longest delay, without jitter.
const MAX_DELAY: TimeDelta = TimeDelta::hours(1);

/// Returns the delay after the `attempts`-th failure: doubling, plus up to half of it at random, so that jobs that
/// failed together are not attempted together. After a permanent failure it is the longest. Such a job is attempted again
/// at all because the usual cause is a setting, here or there.
pub(super) fn backoff(attempts: u32, is_permanent: bool, entropy: &dyn Entropy) -> TimeDelta {
    let doublings = attempts.saturating_sub(1).min(16);
    let delay = if is_permanent {
        MAX_DELAY
    } else {
        MAX_DELAY.min(MIN_DELAY * 2_i32.pow(doublings))
    };
    let share = i32::from(u16::from_le_bytes(entropy::bytes(entropy)));
    delay + delay / 2 * share / i32::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::backoff;
    use crate::entropy::SeededEntropy;

    #[test]
    fn the_pause_doubles_up_to_an_hour_and_is_never_the_same_twice() {
        let entropy = SeededEntropy::new(1);
        for (attempts, least) in [(1, 30), (2, 60), (3, 120), (8, 3600), (500, 3600)] {
            let least = TimeDelta::seconds(least);
            let delays: Vec<TimeDelta> = (0..100)
                .map(|_| backoff(attempts, false, &entropy))
                .collect();
            assert!(delays.iter().all(|it| (least..=least * 3 / 2).contains(it)));
            assert!(delays.iter().any(|it| *it != delays[0]), "{attempts}");
        }
        assert!(backoff(1, true, &entropy) >= TimeDelta::hours(1));
    }
}
