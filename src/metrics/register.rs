//! Registering a metric.

use prometheus_client::registry::{Metric, Registry};

/// The bounds of duration histograms in seconds. They include the goals for a sign-in: 0.1 and 0.2.
pub(super) const SECONDS: [f64; 13] = [
    0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0,
];

/// Registers `metric` and returns it.
pub(super) fn registered<M: Metric + Clone>(
    registry: &mut Registry,
    (name, help): (&'static str, &'static str),
    metric: M,
) -> M {
    registry.register(name, help, metric.clone());
    metric
}
