//! Metrics of account deletions.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::register::registered;

/// Metrics of account deletions.
pub(crate) struct Deletions {
    /// Account deletions due and not completed.
    pub(crate) due: Gauge,
    /// Account deletions that have been due for more than 24 hours.
    pub(crate) overdue: Gauge,
    /// Account deletions completed.
    pub(crate) completed: Counter,
}

impl Deletions {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            due: registered(
                registry,
                ("deletions_due", "Account deletions due and not completed"),
                Gauge::default(),
            ),
            overdue: registered(
                registry,
                (
                    "deletions_overdue",
                    "Account deletions not completed more than 24 hours after they were due",
                ),
                Gauge::default(),
            ),
            completed: registered(
                registry,
                ("deletions_completed", "Account deletions completed"),
                Counter::default(),
            ),
        }
    }
}
