//! Metrics of password hashing.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::register::{SECONDS, registered};

/// The scheme and cost of a stored password.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct HashKind {
    scheme: &'static str,
    cost: u32,
}

/// Metrics of password hashing.
pub(crate) struct Passwords {
    /// Hashes queued or in progress.
    pub(crate) pending: Gauge,
    /// Password operations rejected because the queue of hashes had no room.
    pub(crate) rejected: Counter,
    /// Seconds a hash waited for a thread.
    pub(crate) wait_seconds: Histogram,
    /// Seconds a batch of hashes took.
    pub(crate) batch_seconds: Histogram,
    /// How many hashes were computed side by side.
    pub(crate) batch_size: Histogram,
    /// Password verifications, by scheme and cost of the hash.
    checked: Family<HashKind, Counter>,
}

impl Passwords {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            pending: registered(
                registry,
                ("hashes_pending", "Password hashes queued or in progress"),
                Gauge::default(),
            ),
            rejected: registered(
                registry,
                (
                    "hashes_rejected",
                    "Password operations rejected because the queue of hashes had no room",
                ),
                Counter::default(),
            ),
            wait_seconds: registered(
                registry,
                (
                    "hash_wait_seconds",
                    "Time that password hashes waited for a thread",
                ),
                Histogram::new(SECONDS),
            ),
            batch_seconds: registered(
                registry,
                (
                    "hash_batch_duration_seconds",
                    "Time to compute the password hashes of a batch",
                ),
                Histogram::new(SECONDS),
            ),
            batch_size: registered(
                registry,
                (
                    "hash_batch_size",
                    "Password hashes computed side by side on one core",
                ),
                Histogram::new([1.0, 2.0, 3.0, 4.0]),
            ),
            checked: registered(
                registry,
                (
                    "password_hashes_checked",
                    "Password verifications against a stored or dummy hash, by scheme and cost",
                ),
                Family::default(),
            ),
        }
    }

    /// Makes the counter of this kind visible at zero.
    pub(crate) fn expect(&self, scheme: &'static str, cost: u32) {
        let _at_zero = self.checked.get_or_create(&HashKind { scheme, cost });
    }

    /// Counts a password verification against a hash of this kind, an account's or a dummy.
    pub(crate) fn count_checked(&self, scheme: &'static str, cost: u32) {
        let kind = HashKind { scheme, cost };
        self.checked.get_or_create(&kind).inc();
    }
}
