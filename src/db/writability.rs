//! Tracks whether the database is writable, by the outcome of the last writes.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::DbErr;

use super::errors::{is_storage_fault, wants_new_connection};
use crate::errors::reason;

/// How long a commit proves that the database is writable.
const PROOF_LASTS: Duration = Duration::from_secs(5);

/// What is known about writing, shared by all connections of the process.
#[derive(Default)]
pub(super) struct Writability {
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// Whether a write failed since the last commit.
    is_failing: bool,
    committed_at: Option<Instant>,
    /// Connections opened before this are not used again.
    distrusted_before: Option<Instant>,
}

/// What must be tried before relying on writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Nothing: a commit has just succeeded.
    None,
    /// A small write: nothing was written for a while.
    Untried,
    /// A large write: the last write failed.
    Failing,
}

impl Writability {
    /// Records a commit.
    pub(super) fn committed(&self) {
        let mut known = self.known();
        if known.is_failing {
            tracing::info!("database writable again");
            // A connection opened while the server was read-only keeps that mode.
            known.distrusted_before = Some(Instant::now());
        }
        known.is_failing = false;
        known.committed_at = Some(Instant::now());
    }

    /// Records `error` if it concerns storage rather than the statement.
    pub(super) fn failed(&self, error: &DbErr) {
        if wants_new_connection(error) {
            self.known().distrusted_before = Some(Instant::now());
        }
        if is_storage_fault(error) {
            self.refused(&reason(error));
        }
    }

    /// Marks all existing connections for replacement: the server closed them during the outage.
    pub(super) fn distrust(&self) {
        self.known().distrusted_before = Some(Instant::now());
    }

    /// Records that writing fails, and why.
    pub(super) fn refused(&self, reason: &str) {
        let mut known = self.known();
        if !known.is_failing {
            tracing::error!(reason, "database not writable");
        }
        known.is_failing = true;
    }

    /// Returns what must be tried before relying on writes.
    pub(super) fn doubt(&self) -> Doubt {
        let known = self.known();
        let is_proved = known
            .committed_at
            .is_some_and(|at| at.elapsed() < PROOF_LASTS);
        match (known.is_failing, is_proved) {
            (true, _) => Doubt::Failing,
            (false, true) => Doubt::None,
            (false, false) => Doubt::Untried,
        }
    }

    /// Returns whether a connection of this `age` may be used.
    pub(super) fn trusts(&self, age: Duration) -> bool {
        let distrusted_before = self.known().distrusted_before;
        distrusted_before.is_none_or(|moment| moment.elapsed() > age)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Doubt, Writability};

    #[test]
    fn a_failed_write_is_in_doubt_until_one_is_committed() {
        let writes = Writability::default();
        assert_eq!(writes.doubt(), Doubt::Untried);
        writes.refused("disk full");
        assert_eq!(writes.doubt(), Doubt::Failing);
        writes.committed();
        assert_eq!(writes.doubt(), Doubt::None);
    }

    #[test]
    fn connections_are_trusted_until_the_server_turns_read_only() {
        let writes = Writability::default();
        assert!(writes.trusts(Duration::from_hours(1)));
        writes.known().distrusted_before = Some(std::time::Instant::now());
        assert!(!writes.trusts(Duration::from_hours(1)));
    }

    #[test]
    fn connections_made_while_writes_failed_are_not_trusted_after() {
        let writes = Writability::default();
        writes.committed();
        assert!(writes.trusts(Duration::from_secs(1)));
        writes.refused("read-only");
        writes.committed();
        assert!(!writes.trusts(Duration::from_secs(1)));
    }
}
