//! Tracks whether the database is reachable. During an outage statements fail at once instead of each waiting for a
//! connection.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::{DbErr, RuntimeErr};

use super::errors::is_read_only;
use super::writability::Writability;
use crate::errors::{is_outage, reason};

/// The interval at which one statement is tried during an outage.
const BETWEEN_TRIES: Duration = Duration::from_millis(500);

/// The availability of the server, shared by all pools of the process.
pub(super) struct Availability {
    /// How long a statement waits for a connection. If none was had, it is an outage only if no statement succeeded
    /// meanwhile. Otherwise all connections were in use, and no further one could be opened.
    patience: Duration,
    began_at: Instant,
    /// In milliseconds after `began_at`.
    answered_at: AtomicU64,
    is_away: AtomicBool,
    writability: Arc<Writability>,
    next_try_at: Mutex<Instant>,
}

impl Availability {
    pub(super) fn new(patience: Duration, writability: Arc<Writability>) -> Self {
        let now = Instant::now();
        Self {
            patience,
            began_at: now,
            answered_at: AtomicU64::new(0),
            is_away: AtomicBool::new(false),
            writability,
            next_try_at: Mutex::new(now),
        }
    }

    /// Returns whether a statement may be tried now.
    pub(super) fn admit(&self) -> Result<(), DbErr> {
        if !self.is_away.load(Ordering::Relaxed) {
            return Ok(());
        }
        let mut next_try_at = self
            .next_try_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if now < *next_try_at {
            let reason = "the database is unreachable".to_owned();
            return Err(DbErr::Conn(RuntimeErr::Internal(reason)));
        }
        *next_try_at = now + BETWEEN_TRIES;
        Ok(())
    }

    /// Records the outcome of an admitted statement.
    pub(super) fn note<T>(&self, answer: Result<T, DbErr>) -> Result<T, DbErr> {
        let elapsed = self.began_at.elapsed();
        match &answer {
            // A read-only standby still answers queries.
            Err(error) if is_outage(error) && !is_read_only(error) => {
                let quiet = elapsed.saturating_sub(self.answered_at());
                let had_no_connection =
                    matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
                let was_busy = had_no_connection && quiet < self.patience;
                if !was_busy && !self.is_away.swap(true, Ordering::Relaxed) {
                    tracing::error!(error = reason(error), "database unreachable");
                }
            }
            // An error that the server reports is an answer.
            _ => {
                let elapsed = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
                self.answered_at.store(elapsed, Ordering::Relaxed);
                if self.is_away.load(Ordering::Relaxed)
                    && self.is_away.swap(false, Ordering::Relaxed)
                {
                    tracing::info!("database reachable again");
                    self.writability.distrust();
                }
            }
        }
        answer
    }

    fn answered_at(&self) -> Duration {
        Duration::from_millis(self.answered_at.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};

    use super::Availability;

    fn database(patience: Duration) -> Availability {
        Availability::new(patience, Arc::default())
    }

    fn lost() -> Result<(), DbErr> {
        Err(DbErr::Conn(RuntimeErr::Internal("refused".to_owned())))
    }

    fn in_vain() -> Result<(), DbErr> {
        Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
    }

    #[test]
    fn one_statement_at_a_time_is_tried_while_the_database_is_away() {
        let server = database(Duration::ZERO);
        assert!(server.admit().is_ok());
        server.note(lost()).unwrap_err();
        assert!(server.admit().is_ok(), "one finds out");
        assert!(server.admit().is_err(), "the others do not wait for it");
        server.note(Ok(())).unwrap();
        assert!(server.admit().is_ok() && server.admit().is_ok());
    }

    #[test]
    fn connections_that_are_all_in_use_are_no_outage() {
        let server = database(Duration::from_mins(1));
        server.note(in_vain()).unwrap_err();
        assert!(server.admit().is_ok() && server.admit().is_ok());
        let server = database(Duration::ZERO);
        server.note(in_vain()).unwrap_err();
        assert!(server.admit().is_ok() && server.admit().is_err());
    }

    #[test]
    fn a_further_connection_that_fails_is_no_outage_while_others_answer() {
        let server = database(Duration::from_mins(1));
        server.note(Ok(())).unwrap();
        server.note(lost()).unwrap_err();
        assert!(server.admit().is_ok() && server.admit().is_ok());
    }

    #[test]
    fn an_error_of_a_statement_is_an_answer() {
        let server = database(Duration::ZERO);
        server.note(lost()).unwrap_err();
        server
            .note::<()>(Err(DbErr::Custom("no such table".to_owned())))
            .unwrap_err();
        assert!(server.admit().is_ok() && server.admit().is_ok());
    }
}
