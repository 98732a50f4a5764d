//! How long the work of the hashing threads takes, as measured.

use std::time::Duration;

use bcrypt_lanes::MAX_LANES;

/// The weight of the newest measurement.
const WEIGHT: f64 = 0.2;
/// The lowest cost whose measurements have that weight.
const FULL_WEIGHT: u32 = 10;
/// What exceeds the average so many times counts as if it did not: the process was paused.
const MAX_JUMP: f64 = 4.0;
/// How much longer a full batch takes than a single digest where that is not measured yet (1.2 to 1.5 on x86-64).
const FULL_BATCH: f64 = 1.5;

/// What a thread runs at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digests of one cost, side by side.
    Digests {
        /// The binary logarithm of the rounds.
        cost: u32,
        /// How many.
        lanes: usize,
    },
    /// Anything else, such as a strength estimate.
    Other,
}

/// Moving averages; zero as long as nothing is known.
#[derive(Default)]
pub(super) struct Pace {
    /// Seconds for each round of a batch with so many lanes, the first for one.
    round: [Option<f64>; MAX_LANES],
    /// Seconds for anything else.
    other: Option<f64>,
}

impl Pace {
    /// Takes a measurement into account.
    pub(super) fn note(&mut self, kind: Kind, took: Duration) {
        let took = took.as_secs_f64();
        let (average, value, weight) = match kind {
            Kind::Digests { cost, lanes } => match self.round.get_mut(lanes.wrapping_sub(1)) {
                Some(average) => {
                    // A short hash says little about a long one.
                    let weight = WEIGHT * (rounds(cost) / rounds(FULL_WEIGHT)).min(1.0);
                    (average, took / rounds(cost), weight)
                }
                None => return,
            },
            Kind::Other => (&mut self.other, took, WEIGHT),
        };
        *average = Some(match *average {
            Some(average) => average + weight * (value.min(MAX_JUMP * average) - average),
            None => value,
        });
    }

    /// Estimates how long a batch of this kind takes.
    pub(super) fn of(&self, kind: Kind) -> Duration {
        let seconds = match kind {
            Kind::Other => self.other,
            Kind::Digests { cost, lanes } => {
                let measured = self.round.get(lanes.wrapping_sub(1)).copied().flatten();
                let known = measured.or_else(|| {
                    // Between one lane and all of them the time grows slowly.
                    let any = self.round.iter().rev().find_map(|average| *average)?;
                    let is_single = lanes > 1 && self.round[1..].iter().all(Option::is_none);
                    Some(if is_single { any * FULL_BATCH } else { any })
                });
                known.map(|seconds| seconds * rounds(cost))
            }
        };
        Duration::try_from_secs_f64(seconds.unwrap_or_default()).unwrap_or_default()
    }
}

fn rounds(cost: u32) -> f64 {
    f64::from(cost).exp2()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Kind, Pace};

    const fn digests(cost: u32, lanes: usize) -> Kind {
        Kind::Digests { cost, lanes }
    }

    #[test]
    fn a_cost_takes_twice_as_long_as_the_one_below() {
        let mut pace = Pace::default();
        pace.note(digests(10, 4), Duration::from_millis(100));
        assert_eq!(pace.of(digests(11, 4)), Duration::from_millis(200));
        assert_eq!(pace.of(digests(9, 4)), Duration::from_millis(50));
    }

    #[test]
    fn what_is_not_measured_is_estimated_from_what_is() {
        let mut pace = Pace::default();
        assert_eq!(pace.of(digests(10, 4)), Duration::ZERO);
        pace.note(digests(10, 1), Duration::from_millis(80));
        assert_eq!(pace.of(digests(10, 1)), Duration::from_millis(80));
        assert_eq!(pace.of(digests(10, 4)), Duration::from_millis(120));
        pace.note(digests(10, 4), Duration::from_millis(100));
        assert_eq!(pace.of(digests(10, 3)), Duration::from_millis(100));
    }

    #[test]
    fn a_new_measurement_moves_the_average() {
        let mut pace = Pace::default();
        pace.note(Kind::Other, Duration::from_millis(10));
        pace.note(Kind::Other, Duration::from_millis(20));
        assert_eq!(pace.of(Kind::Other), Duration::from_millis(12));
        for _ in 0..50 {
            pace.note(Kind::Other, Duration::from_millis(20));
        }
        assert!(pace.of(Kind::Other) > Duration::from_micros(19_900));
    }
}
