//! Metrics of the operations of the API, by name.

use std::sync::Arc;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::register::{SECONDS, registered};

/// The name of everything that has no name of its own.
const OTHER: &str = "other";

/// How an operation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was carried out, or the input was the user's to correct.
    Completed,
    /// It was not carried out for a reason of the client's: not authenticated, rate limited, malformed.
    Rejected,
    /// It was not carried out for a reason of the service's: overloaded, unavailable, too slow, an internal error.
    Failed,
    /// The client disconnected.
    Canceled,
}

/// The metrics of one operation.
pub(crate) struct OperationMetrics {
    /// The name of the operation in metrics and traces.
    pub(crate) name: Arc<str>,
    completed: Counter,
    rejected: Counter,
    failed: Counter,
    canceled: Counter,
    seconds: Histogram,
}

impl OperationMetrics {
    /// Counts an operation, and measures it if it was completed: how long others take is up to the clients.
    pub(crate) fn observe(&self, outcome: Outcome, seconds: f64) {
        let counter = match outcome {
            Outcome::Completed => &self.completed,
            Outcome::Rejected => &self.rejected,
            Outcome::Failed => &self.failed,
            Outcome::Canceled => &self.canceled,
        };
        counter.inc();
        if outcome == Outcome::Completed {
            self.seconds.observe(seconds);
        }
    }
}

/// The metrics of all operations: a fixed set of names, so that no client can add one.
pub(crate) struct Operations {
    outcomes: Family<[(&'static str, String); 2], Counter>,
    seconds: Family<[(&'static str, String); 1], Histogram>,
    other: Arc<OperationMetrics>,
}

impl Operations {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let outcomes = registered(
            registry,
            (
                "operations",
                "Operations of the API, by name and outcome: completed (also with errors of the user), rejected, failed or canceled",
            ),
            Family::default(),
        );
        let seconds = registered(
            registry,
            (
                "operation_duration_seconds",
                "Time from the whole request to the response, by operation; of completed operations",
            ),
            Family::<_, Histogram>::new_with_constructor(|| Histogram::new(SECONDS)),
        );
        let other = Arc::new(metrics_of(&outcomes, &seconds, OTHER));
        Self {
            outcomes,
            seconds,
            other,
        }
    }

    /// Returns the metrics of the operation `name`, at zero. Each name is exported for good: only names that the
    /// operator or the schema determines are allowed.
    pub(crate) fn named(&self, name: &str) -> Arc<OperationMetrics> {
        Arc::new(metrics_of(&self.outcomes, &self.seconds, name))
    }

    /// Returns the metrics of the operations without a name of their own.
    pub(crate) fn other(&self) -> &Arc<OperationMetrics> {
        &self.other
    }
}

fn metrics_of(
    outcomes: &Family<[(&'static str, String); 2], Counter>,
    seconds: &Family<[(&'static str, String); 1], Histogram>,
    name: &str,
) -> OperationMetrics {
    let counter = |outcome: &str| {
        let labels = [
            ("operation", name.to_owned()),
            ("outcome", outcome.to_owned()),
        ];
        outcomes.get_or_create(&labels).clone()
    };
    OperationMetrics {
        name: name.into(),
        completed: counter("completed"),
        rejected: counter("rejected"),
        failed: counter("failed"),
        canceled: counter("canceled"),
        seconds: seconds
            .get_or_create(&[("operation", name.to_owned())])
            .clone(),
    }
}
