//! Metrics of emails.

use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::register::registered;

/// Metrics of emails.
pub(crate) struct Emails {
    /// Emails queued.
    pub(crate) waiting: Gauge,
    /// Seconds since the oldest queued email was written that was not attempted.
    pub(crate) oldest_seconds: Gauge<f64, AtomicU64>,
    /// Emails sent.
    pub(crate) sent: Counter,
    /// Email delivery attempts that failed.
    pub(crate) attempts_failed: Counter,
    /// Emails that became dead letters.
    pub(crate) dead_lettered: Counter,
    /// Dead letters kept.
    pub(crate) dead_letters: Gauge,
    /// Emails withheld because the recipient's limit was reached.
    pub(crate) withheld: Counter,
}

impl Emails {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            waiting: registered(
                registry,
                ("emails_waiting", "Emails queued"),
                Gauge::default(),
            ),
            oldest_seconds: registered(
                registry,
                (
                    "emails_oldest_age_seconds",
                    "Time since the oldest email was written of those that were not attempted yet; 0 if there is none",
                ),
                Gauge::default(),
            ),
            sent: registered(registry, ("emails_sent", "Emails sent"), Counter::default()),
            attempts_failed: registered(
                registry,
                (
                    "email_attempts_failed",
                    "Email delivery attempts that failed and are retried",
                ),
                Counter::default(),
            ),
            dead_lettered: registered(
                registry,
                (
                    "emails_dead_lettered",
                    "Emails dead-lettered after the last delivery attempt",
                ),
                Counter::default(),
            ),
            dead_letters: registered(
                registry,
                ("emails_dead_letters", "Dead letters kept in the database"),
                Gauge::default(),
            ),
            withheld: registered(
                registry,
                (
                    "emails_withheld",
                    "Emails withheld because the recipient's limit was reached",
                ),
                Counter::default(),
            ),
        }
    }
}
