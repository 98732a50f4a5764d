//! All metrics, and the registry that prints them.

use chrono::DateTime;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::accounts::Accounts;
use super::database::{Connections, Database};
use super::deletions::Deletions;
use super::emails::Emails;
use super::factors::Factors;
use super::limits::Limits;
use super::operations::Operations;
use super::passwords::Passwords;
use super::requests::Requests;
use super::sessions::Sessions;
use super::workers::Workers;

/// All metrics.
pub(crate) struct Metrics {
    registry: Registry,
    /// Of what users do.
    pub(crate) accounts: Accounts,
    /// Of the database.
    pub(crate) database: Database,
    /// Of account deletions.
    pub(crate) deletions: Deletions,
    /// Of emails.
    pub(crate) emails: Emails,
    /// Of rate limits.
    pub(crate) limits: Limits,
    /// Of the operations of the API.
    pub(crate) operations: Operations,
    /// Of password hashing.
    pub(crate) passwords: Passwords,
    /// Of requests.
    pub(crate) requests: Requests,
    /// Of sessions.
    pub(crate) sessions: Sessions,
    /// Second factors and passkeys.
    pub(crate) factors: Factors,
    /// Of the background work.
    pub(crate) workers: Workers,
}

impl Metrics {
    /// Creates all metrics at zero.
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("gatehouse");
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version of this process", version);
        let registry_of = &mut registry;
        Self {
            accounts: Accounts::new(registry_of),
            database: Database::new(registry_of),
            deletions: Deletions::new(registry_of),
            emails: Emails::new(registry_of),
            limits: Limits::new(registry_of),
            operations: Operations::new(registry_of),
            passwords: Passwords::new(registry_of),
            requests: Requests::new(registry_of),
            sessions: Sessions::new(registry_of),
            factors: Factors::new(registry_of),
            workers: Workers::new(registry_of),
            registry,
        }
    }

    /// Returns what a process prints that has done nothing. For the reference.
    pub(crate) fn of_new_process() -> Result<String, std::fmt::Error> {
        let metrics = Self::new();
        metrics.passwords.expect("hmac-sha384-bcrypt", 10);
        let connections = Connections {
            open: 0,
            idle: 0,
            max: 8,
        };
        metrics.database.set_connections("requests", &connections);
        metrics.workers.succeeded("mails", DateTime::default());
        metrics.printed()
    }

    /// Returns the metrics as text.
    pub(crate) fn printed(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
