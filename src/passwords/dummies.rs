//! Hashes of random bytes, verified if there is no stored password: an identifier without an account takes the same
//! time as one with an account.
//!
//! Stored hashes differ in scheme and cost, because the cost was raised or accounts were imported. There is a dummy for
//! each kind in use. A keyed hash of the identifier selects its dummy, in proportion to the table: always the same one,
//! so that the time does not reveal whether an account exists.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::stored::StoredPassword;
use crate::secret::KeyedHash;

/// The kind of a stored password: everything that the time of its verification depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    pub(super) cost: u32,
    pub(super) scheme: &'static str,
}

/// The number of accounts with a password of each kind.
pub(crate) type Mix = BTreeMap<Kind, u64>;

/// The dummies in use.
pub(super) struct Dummies {
    choice: KeyedHash,
    shares: RwLock<Vec<Share>>,
}

#[derive(Clone)]
struct Share {
    kind: Kind,
    /// The number of accounts of this kind and the kinds before it.
    up_to: u64,
    dummy: Arc<StoredPassword>,
}

impl Dummies {
    /// Creates dummies of one kind, until the table is known.
    pub(super) fn new(choice: KeyedHash, kind: Kind, dummy: StoredPassword) -> Self {
        let share = Share {
            kind,
            up_to: 1,
            dummy: Arc::new(dummy),
        };
        Self {
            choice,
            shares: RwLock::new(vec![share]),
        }
    }

    /// Returns the dummy for `name`.
    pub(super) fn of(&self, name: &str) -> Option<Arc<StoredPassword>> {
        let hash = self.choice.hash(&[name.as_bytes()]);
        let mut start = [0; 8];
        start.copy_from_slice(&hash[..8]);
        let shares = self.shares.read().unwrap_or_else(PoisonError::into_inner);
        let total = shares.last()?.up_to;
        // Uniform from 0 to below the total.
        let point = (u128::from(u64::from_be_bytes(start)) * u128::from(total)) >> 64;
        let share = shares.iter().find(|share| point < u128::from(share.up_to));
        share.map(|share| share.dummy.clone())
    }

    /// Returns the kinds of `mix` that have no dummy yet.
    pub(super) fn missing(&self, mix: &Mix) -> Vec<Kind> {
        let shares = self.shares.read().unwrap_or_else(PoisonError::into_inner);
        let is_missing = |kind: &&Kind| shares.iter().all(|share| share.kind != **kind);
        mix.keys().filter(is_missing).copied().collect()
    }

    /// Selects in proportion to `mix` from now on. `made` are the missing dummies.
    pub(super) fn set(&self, mix: &Mix, made: Vec<(Kind, StoredPassword)>) {
        let mut shares = self.shares.write().unwrap_or_else(PoisonError::into_inner);
        let mut dummies: BTreeMap<Kind, Arc<StoredPassword>> = shares
            .drain(..)
            .map(|share| (share.kind, share.dummy))
            .collect();
        dummies.extend(
            made.into_iter()
                .map(|(kind, dummy)| (kind, Arc::new(dummy))),
        );
        let mut up_to: u64 = 0;
        // From the cheapest on: when accounts move to a higher cost, a name moves at most once, as an account does.
        for (kind, dummy) in dummies {
            // A kind that is no longer in use keeps its dummy but has no share.
            up_to = up_to.saturating_add(mix.get(&kind).copied().unwrap_or_default());
            shares.push(Share { kind, up_to, dummy });
        }
    }
}
