//! Metrics of the background work.

use std::sync::atomic::AtomicU64;

use chrono::{DateTime, Utc};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::register::registered;

/// Metrics of the workers that run at intervals.
pub(crate) struct Workers {
    succeeded_at: Family<[(&'static str, &'static str); 1], Gauge<f64, AtomicU64>>,
}

impl Workers {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            succeeded_at: registered(
                registry,
                (
                    "worker_success_timestamp_seconds",
                    "When a worker last completed a turn, as Unix time; at first the time of its start",
                ),
                Family::default(),
            ),
        }
    }

    /// Records that `worker` has completed a turn, or was started.
    pub(crate) fn succeeded(&self, worker: &'static str, now: DateTime<Utc>) {
        let gauge = self.succeeded_at.get_or_create(&[("worker", worker)]);
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds are exact until the year 287,396"
        )]
        gauge.set(now.timestamp_millis() as f64 / 1_000.0);
    }
}
