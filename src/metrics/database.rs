//! Metrics of the database.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::register::{SECONDS, registered};

/// Metrics of the database.
pub(crate) struct Database {
    /// 1 if the database is reachable and accepts writes, else 0.
    pub(crate) ready: Gauge<f64, AtomicU64>,
    /// Seconds by which the clock of the database is ahead of this process.
    pub(crate) clock_skew: Gauge<f64, AtomicU64>,
    statements: StatementMetrics,
    /// Seconds until a transaction began.
    pub(crate) begin_seconds: Histogram,
    connections: Family<[(&'static str, &'static str); 2], Gauge>,
    connections_max: Family<[(&'static str, &'static str); 1], Gauge>,
}

impl Database {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            ready: registered(
                registry,
                ("ready", "1 if the database is reachable and accepts writes"),
                Gauge::default(),
            ),
            clock_skew: registered(
                registry,
                (
                    "clock_skew_seconds",
                    "Time by which the clock of the database server is ahead of this process; 0 on SQLite, NaN if unknown",
                ),
                Gauge::default(),
            ),
            statements: StatementMetrics::new(registry),
            begin_seconds: registered(
                registry,
                (
                    "database_begin_duration_seconds",
                    "Time until a transaction began: the wait for a connection, and on SQLite for its writer",
                ),
                Histogram::new(SECONDS),
            ),
            connections: registered(
                registry,
                (
                    "database_connections",
                    "Open connections to the database, by pool and state",
                ),
                Family::default(),
            ),
            connections_max: registered(
                registry,
                (
                    "database_connections_max",
                    "Maximum number of connections of a pool",
                ),
                Family::default(),
            ),
        }
    }

    /// Returns the metrics of statements.
    pub(crate) fn statements(&self) -> StatementMetrics {
        self.statements.clone()
    }

    /// Sets the numbers of connections of `pool`.
    pub(crate) fn set_connections(&self, pool: &'static str, counted: &Connections) {
        let set = |state, number: u32| {
            let labels = [("pool", pool), ("state", state)];
            self.connections.get_or_create(&labels).set(number.into());
        };
        set("idle", counted.idle);
        set("used", counted.open.saturating_sub(counted.idle));
        let max = self.connections_max.get_or_create(&[("pool", pool)]);
        max.set(counted.max.into());
    }
}

/// The numbers of connections of a pool.
pub(crate) struct Connections {
    /// All that are open.
    pub(crate) open: u32,
    /// Those that wait for use.
    pub(crate) idle: u32,
    /// How many may be open.
    pub(crate) max: u32,
}

/// Metrics of statements.
#[derive(Clone)]
pub(crate) struct StatementMetrics {
    sent: Counter,
    failed: Counter,
    seconds: Histogram,
    lookup_size: Histogram,
}

impl StatementMetrics {
    fn new(registry: &mut Registry) -> Self {
        Self {
            sent: registered(
                registry,
                ("database_statements", "Statements sent to the database"),
                Counter::default(),
            ),
            failed: registered(
                registry,
                (
                    "database_statements_failed",
                    "Statements that the database answered with an error, or not at all",
                ),
                Counter::default(),
            ),
            seconds: registered(
                registry,
                (
                    "database_statement_duration_seconds",
                    "Time from sending a statement to its result",
                ),
                Histogram::new(SECONDS),
            ),
            lookup_size: registered(
                registry,
                (
                    "database_lookup_size",
                    "Sessions read by one statement. Each may serve several requests",
                ),
                Histogram::new([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0]),
            ),
        }
    }

    /// Counts a statement.
    pub(crate) fn observe(&self, elapsed: Duration, failed: bool) {
        self.sent.inc();
        self.failed.inc_by(u64::from(failed));
        self.seconds.observe(elapsed.as_secs_f64());
    }

    /// Counts a statement that reads so many sessions.
    pub(crate) fn observe_lookup(&self, sessions: usize) {
        #[expect(clippy::cast_precision_loss, reason = "at most 64")]
        self.lookup_size.observe(sessions as f64);
    }
}
