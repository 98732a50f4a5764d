//! The metrics served at `/metrics`, in the text format of `OpenMetrics`.

use std::sync::atomic::AtomicU64;

use prometheus_client::encoding::{EncodeLabelSet, text::encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

/// The outcome of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Outcome {
    outcome: &'static str,
}

/// The scheme and cost of a stored password.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct HashKind {
    scheme: &'static str,
    cost: u32,
}

/// Increments the counter of `outcome` in `family`.
pub(crate) fn count(family: &Family<Outcome, Counter>, outcome: &'static str) {
    family.get_or_create(&Outcome { outcome }).inc();
}

/// All metrics, and the registry that prints them.
pub(crate) struct Metrics {
    registry: Registry,
    /// Statements sent to the database.
    pub(crate) statements: Counter,
    /// Hashes queued or in progress.
    pub(crate) hashes_pending: Gauge,
    /// Password operations rejected because the queue of hashes had no room.
    pub(crate) hashes_rejected: Counter,
    /// Seconds a hash waited for a thread.
    pub(crate) hash_wait_seconds: Histogram,
    /// How many hashes were computed side by side.
    pub(crate) hash_batch_size: Histogram,
    /// Password verifications, by scheme and cost of the hash.
    password_hashes_checked: Family<HashKind, Counter>,
    /// Emails queued.
    pub(crate) emails_waiting: Gauge,
    /// Emails sent.
    pub(crate) emails_sent: Counter,
    /// Email delivery attempts that failed.
    pub(crate) email_attempts_failed: Counter,
    /// Emails that became dead letters.
    pub(crate) emails_dead_lettered: Counter,
    /// Emails withheld because the recipient's limit was reached.
    pub(crate) emails_withheld: Counter,
    /// Sign-ins, by outcome.
    pub(crate) logins: Family<Outcome, Counter>,
    /// Registrations, by outcome.
    pub(crate) registrations: Family<Outcome, Counter>,
    /// Access tokens rejected, by reason.
    pub(crate) access_tokens_rejected: Family<Outcome, Counter>,
    /// Refresh tokens presented, by outcome.
    pub(crate) session_refreshes: Family<Outcome, Counter>,
    /// Operations rejected by a rate limit, by action.
    pub(crate) rate_limited: Family<Outcome, Counter>,
    /// Emailed links rejected, by reason.
    pub(crate) links_rejected: Family<Outcome, Counter>,
    /// Executed documents, by source.
    pub(crate) documents: Family<Outcome, Counter>,
    /// Malformed requests rejected, by reason.
    pub(crate) requests_rejected: Family<Outcome, Counter>,
    /// Invalid secrets of front-end servers.
    pub(crate) front_end_secrets_rejected: Counter,
    /// Rate limit checks made by this process alone because Redis was unreachable.
    pub(crate) limits_unshared: Counter,
    /// Re-authentications by password, by outcome.
    pub(crate) password_checks: Family<Outcome, Counter>,
    /// Operations rejected, by error code.
    operations_rejected: Family<Outcome, Counter>,
    /// Documents rejected before execution, by reason.
    pub(crate) documents_rejected: Family<Outcome, Counter>,
    /// Account deletions due and not completed.
    pub(crate) deletions_due: Gauge,
    /// Account deletions completed.
    pub(crate) deletions_completed: Counter,
    /// 1 if the database is reachable, else 0.
    pub(crate) ready: Gauge<f64, AtomicU64>,
}

impl Metrics {
    /// Creates all metrics at zero.
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("gatehouse");
        let metrics = Self {
            statements: Counter::default(),
            hashes_pending: Gauge::default(),
            hashes_rejected: Counter::default(),
            password_hashes_checked: Family::default(),
            hash_wait_seconds: Histogram::new(exponential_buckets(0.001, 4.0, 8)),
            hash_batch_size: Histogram::new([1.0, 2.0, 3.0, 4.0]),
            emails_waiting: Gauge::default(),
            emails_sent: Counter::default(),
            email_attempts_failed: Counter::default(),
            emails_dead_lettered: Counter::default(),
            emails_withheld: Counter::default(),
            logins: Family::default(),
            registrations: Family::default(),
            access_tokens_rejected: Family::default(),
            session_refreshes: Family::default(),
            rate_limited: Family::default(),
            links_rejected: Family::default(),
            documents: Family::default(),
            requests_rejected: Family::default(),
            front_end_secrets_rejected: Counter::default(),
            limits_unshared: Counter::default(),
            password_checks: Family::default(),
            operations_rejected: Family::default(),
            documents_rejected: Family::default(),
            deletions_due: Gauge::default(),
            deletions_completed: Counter::default(),
            ready: Gauge::default(),
            registry: Registry::default(),
        };
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version of this process", version);
        registry.register(
            "ready",
            "1 if the database is reachable",
            metrics.ready.clone(),
        );
        registry.register(
            "database_statements",
            "Statements sent to the database",
            metrics.statements.clone(),
        );
        metrics.register_hashes(&mut registry);
        metrics.register_counters(&mut registry);
        metrics.register_outcomes(&mut registry);
        Self {
            registry,
            ..metrics
        }
    }

    fn register_outcomes(&self, registry: &mut Registry) {
        for (name, help, family) in [
            ("logins", "Sign-ins, by outcome", &self.logins),
            (
                "registrations",
                "Registrations, by outcome",
                &self.registrations,
            ),
            (
                "access_tokens_rejected",
                "Access tokens rejected, by reason",
                &self.access_tokens_rejected,
            ),
            (
                "session_refreshes",
                "Refresh tokens presented, by outcome",
                &self.session_refreshes,
            ),
            (
                "rate_limited",
                "Operations rejected by a rate limit",
                &self.rate_limited,
            ),
            (
                "links_rejected",
                "Emailed links rejected",
                &self.links_rejected,
            ),
            (
                "documents",
                "Documents executed: parsed, found in the cache, or trusted",
                &self.documents,
            ),
            (
                "requests_rejected",
                "Malformed requests rejected",
                &self.requests_rejected,
            ),
            (
                "password_checks",
                "Re-authentications by password, by outcome",
                &self.password_checks,
            ),
            (
                "operations_rejected",
                "Operations rejected, by error code",
                &self.operations_rejected,
            ),
            (
                "documents_rejected",
                "Documents rejected before execution",
                &self.documents_rejected,
            ),
        ] {
            registry.register(name, help, family.clone());
        }
        registry.register(
            "deletions_due",
            "Account deletions due and not completed",
            self.deletions_due.clone(),
        );
        registry.register(
            "deletions_completed",
            "Account deletions completed",
            self.deletions_completed.clone(),
        );
    }

    fn register_hashes(&self, registry: &mut Registry) {
        registry.register(
            "hashes_pending",
            "Password hashes queued or in progress",
            self.hashes_pending.clone(),
        );
        registry.register(
            "password_hashes_checked",
            "Password verifications against a stored or dummy hash, by scheme and cost",
            self.password_hashes_checked.clone(),
        );
        for (name, help, histogram) in [
            (
                "hash_wait_seconds",
                "Time that password hashes waited for a thread",
                &self.hash_wait_seconds,
            ),
            (
                "hash_batch_size",
                "Password hashes computed side by side on one core",
                &self.hash_batch_size,
            ),
        ] {
            registry.register(name, help, histogram.clone());
        }
    }

    fn register_counters(&self, registry: &mut Registry) {
        registry.register(
            "emails_waiting",
            "Emails queued",
            self.emails_waiting.clone(),
        );
        for (name, help, counter) in [
            ("emails_sent", "Emails sent", &self.emails_sent),
            (
                "email_attempts_failed",
                "Email delivery attempts that failed and are retried",
                &self.email_attempts_failed,
            ),
            (
                "emails_dead_lettered",
                "Emails dead-lettered after the last delivery attempt",
                &self.emails_dead_lettered,
            ),
            (
                "hashes_rejected",
                "Password operations rejected because the queue of hashes had no room",
                &self.hashes_rejected,
            ),
            (
                "front_end_secrets_rejected",
                "Requests with an invalid front-end secret",
                &self.front_end_secrets_rejected,
            ),
            (
                "limits_unshared",
                "Rate limit checks made by this process alone because Redis was unreachable",
                &self.limits_unshared,
            ),
            (
                "emails_withheld",
                "Emails withheld because the recipient's limit was reached",
                &self.emails_withheld,
            ),
        ] {
            registry.register(name, help, counter.clone());
        }
    }

    /// Counts a password verification against a hash of this kind, an account's or a dummy.
    pub(crate) fn password_hash_checked(&self, scheme: &'static str, cost: u32) {
        let kind = HashKind { scheme, cost };
        self.password_hashes_checked.get_or_create(&kind).inc();
    }

    /// Counts an operation that was rejected with `code`.
    pub(crate) fn operation_rejected(&self, code: &'static str) {
        count(&self.operations_rejected, code);
    }

    /// Returns the metrics as text.
    pub(crate) fn printed(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
