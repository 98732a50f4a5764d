//! When a mail that could not be sent is tried again.

use chrono::TimeDelta;

use crate::entropy::{self, Entropy};

/// The pause after the first failure; it doubles with each.
const FIRST: TimeDelta = TimeDelta::seconds(30);
/// The longest pause.
const MAX_DELAY: TimeDelta = TimeDelta::hours(1);

/// The pause after the `attempts`-th failure: doubling, and a random half of it more, so that what failed
/// together is not tried together. What the server refused for good (RFC 5321, section 4.2.1: 5yz) is
/// tried as seldom as can be; it is tried at all because the usual cause is a setting.
pub(super) fn pause(attempts: u32, is_permanent: bool, entropy: &dyn Entropy) -> TimeDelta {
    let doublings = attempts.saturating_sub(1).min(16);
    let pause = if is_permanent {
        MAX_DELAY
    } else {
        MAX_DELAY.min(FIRST * 2_i32.pow(doublings))
    };
    let share = i32::from(u16::from_le_bytes(entropy::bytes(entropy)));
    pause + pause / 2 * share / i32::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::pause;
    use crate::entropy::SeededEntropy;

    #[test]
    fn the_pause_doubles_up_to_an_hour_and_is_never_the_same_twice() {
        let entropy = SeededEntropy::new(1);
        for (attempts, least) in [(1, 30), (2, 60), (3, 120), (8, 3600), (500, 3600)] {
            let least = TimeDelta::seconds(least);
            let pauses: Vec<TimeDelta> =
                (0..100).map(|_| pause(attempts, false, &entropy)).collect();
            assert!(pauses.iter().all(|it| (least..=least * 3 / 2).contains(it)));
            assert!(pauses.iter().any(|it| *it != pauses[0]), "{attempts}");
        }
        assert!(pause(1, true, &entropy) >= TimeDelta::hours(1));
    }
}
