//! Shares out the file descriptors of the process, so that clients leave some for the database, email and health.

use std::io::Error;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use tokio::time::Instant;

use crate::config::Config;

/// The connections accepted for health and metrics.
pub(crate) const ADMIN_CONNECTIONS: usize = 64;

/// The descriptors for everything else: libraries, listeners, log, email, Redis, traces.
const OTHERS: usize = 64;

/// The descriptors of one connection to the database: SQLite opens the file, its log and its index.
const PER_DATABASE_CONNECTION: usize = 3;

/// The connections to the database beside `GATEHOUSE_DATABASE_POOL`: for look-ups, workers and health.
const OTHER_DATABASE_CONNECTIONS: usize = 10;

/// The shortest time between two log lines about failures to accept.
const LOG_INTERVAL: Duration = Duration::from_secs(10);

/// Returns how many connections of clients are accepted: `GATEHOUSE_MAX_CONNECTIONS`, or fewer if the process may not
/// open that many files. Raises the soft limit to the hard limit first.
pub(crate) fn affordable_connections(config: &Config) -> usize {
    let configured = config.listen.max_connections;
    let Some(limit) = raised_limit() else {
        return configured;
    };
    let pool = usize::try_from(config.database.max_connections).unwrap_or(usize::MAX);
    let affordable = within(limit, pool).min(configured);
    if affordable < configured {
        tracing::warn!(
            limit,
            connections = affordable,
            "too few open files allowed for GATEHOUSE_MAX_CONNECTIONS"
        );
    }
    affordable
}

/// Returns how many of `limit` descriptors are for clients, with `pool` connections to the database. At least a quarter:
/// not every connection of a pool is open.
fn within(limit: usize, pool: usize) -> usize {
    let database = pool
        .saturating_add(OTHER_DATABASE_CONNECTIONS)
        .saturating_mul(PER_DATABASE_CONNECTION);
    let reserved = database.saturating_add(ADMIN_CONNECTIONS + OTHERS);
    limit.saturating_sub(reserved).max(limit / 4)
}

/// Returns the number of files that the process may open, `None` if it is unlimited or unknown.
#[cfg(unix)]
fn raised_limit() -> Option<usize> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let current = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    usize::try_from(current?).ok()
}

#[cfg(not(unix))]
fn raised_limit() -> Option<usize> {
    None
}

/// Logs the failures to accept a connection, of which the usual one is that no descriptor is left.
#[derive(Debug, Default)]
pub(crate) struct AcceptFailures {
    logged_at: Mutex<Option<Instant>>,
}

impl AcceptFailures {
    /// Logs `error`, unless another one was logged just before.
    pub(crate) fn note(&self, error: &Error) {
        let now = Instant::now();
        let mut logged_at = self
            .logged_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if logged_at.is_none_or(|at| now - at >= LOG_INTERVAL) {
            *logged_at = Some(now);
            tracing::error!(%error, "connections not accepted, will be retried");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn clients_leave_descriptors_for_database_and_health() {
        assert_eq!(within(1024, 10), 1024 - 60 - 128);
        assert_eq!(within(256, 10), 68);
        assert_eq!(within(64, 1000), 16, "some are accepted in any case");
        assert_eq!(within(1_048_576, 10), 1_048_576 - 188);
    }
}
