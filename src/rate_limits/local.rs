//! Charges in this process: GCRA on any number of keys, all or none.
//!
//! The same arithmetic as the script for Redis. Libraries for GCRA charge one key at a time: an attempt that the second
//! key rejects would have spent the first.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::config::Quota;

/// A key and its quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Charge {
    pub(super) key: String,
    pub(super) quota: Quota,
}

/// The time at which the quota of each key is full again, by a monotonic clock.
#[derive(Debug, Default)]
pub(super) struct Local {
    full_again: Mutex<HashMap<String, Duration>>,
}

impl Local {
    /// Charges every key at `now`, or none. Then returns how long to wait.
    pub(super) fn charge(&self, charges: &[Charge], now: Duration) -> Result<(), Duration> {
        let mut known = self
            .full_again
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut longest = Duration::ZERO;
        let mut after = Vec::with_capacity(charges.len());
        for Charge { key, quota } in charges {
            let before = known.get(key).copied().unwrap_or(now).max(now);
            let full_again = before.saturating_add(quota.interval());
            let allowed = now.saturating_add(quota.interval().saturating_mul(quota.burst.get()));
            longest = longest.max(full_again.saturating_sub(allowed));
            after.push(full_again);
        }
        if !longest.is_zero() {
            return Err(longest);
        }
        for (charge, full_again) in charges.iter().zip(after) {
            known.insert(charge.key.clone(), full_again);
        }
        Ok(())
    }

    /// Forgets the keys whose quota is full.
    pub(super) fn forget_full(&self, now: Duration) {
        let mut known = self
            .full_again
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, full_again| *full_again > now);
        known.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;
    use std::time::Duration;

    use super::{Charge, Local};
    use crate::config::Quota;

    const SECOND: Duration = Duration::from_secs(1);

    fn charge(key: &str, burst: u32) -> Charge {
        let quota = Quota {
            burst: NonZeroU32::new(burst).unwrap(),
            period: Duration::from_mins(1),
        };
        Charge {
            key: key.to_owned(),
            quota,
        }
    }

    #[test]
    fn a_burst_is_allowed_and_refills_evenly() {
        let local = Local::default();
        let charges = [charge("a", 3)];
        for _ in 0..3 {
            assert_eq!(local.charge(&charges, SECOND), Ok(()));
        }
        assert_eq!(local.charge(&charges, SECOND), Err(20 * SECOND));
        assert_eq!(local.charge(&charges, 11 * SECOND), Err(10 * SECOND));
        assert_eq!(local.charge(&charges, 21 * SECOND), Ok(()));
        assert_eq!(local.charge(&charges, 21 * SECOND), Err(20 * SECOND));
    }

    #[test]
    fn what_one_key_refuses_spends_no_other() {
        let local = Local::default();
        let (wide, narrow) = (charge("network", 4), charge("account", 1));
        let both = [wide.clone(), narrow.clone()];
        assert_eq!(local.charge(&both, SECOND), Ok(()));
        for _ in 0..10 {
            assert!(local.charge(&both, SECOND).is_err());
        }
        for n in 0..3 {
            let other = [wide.clone(), charge(&n.to_string(), 1)];
            assert_eq!(local.charge(&other, SECOND), Ok(()), "{n}");
        }
        let last = [wide, charge("last", 1)];
        assert_eq!(local.charge(&last, SECOND), Err(15 * SECOND));
        assert_eq!(local.charge(&last[1..], SECOND), Ok(()));
    }

    #[test]
    fn full_allowances_take_no_memory() {
        let local = Local::default();
        for n in 0..100 {
            local.charge(&[charge(&n.to_string(), 2)], SECOND).unwrap();
        }
        local.forget_full(30 * SECOND);
        assert_eq!(local.full_again.lock().unwrap().len(), 100);
        local.forget_full(31 * SECOND);
        assert_eq!(local.full_again.lock().unwrap().len(), 0);
    }

    #[test]
    fn the_longest_period_is_no_overflow() {
        let local = Local::default();
        let mut eternal = charge("a", 2);
        eternal.quota.period = Duration::MAX;
        assert_eq!(local.charge(&[eternal.clone()], Duration::MAX), Ok(()));
        let _wait = local.charge(&[eternal], SECOND);
    }
}
