//! The record of a deletion: first its schedule, then its proof.

use chrono::{DateTime, Utc};

use crate::db::entity::account_deletions as table;

/// The state of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeletionStatus {
    /// Scheduled.
    Pending,
    /// Canceled.
    Cancelled,
    /// Completed.
    Completed,
}

impl DeletionStatus {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Cancelled => "CANCELLED",
            Self::Completed => "COMPLETED",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Pending, Self::Cancelled, Self::Completed]
            .into_iter()
            .find(|status| status.name() == name)
    }
}

/// A deletion as its receipt shows it.
#[derive(Clone, Debug)]
pub(crate) struct AccountDeletion {
    /// The receipt.
    pub(crate) receipt: String,
    /// The state; `None` for one that only a newer version knows.
    pub(crate) status: Option<DeletionStatus>,
    /// When it was requested.
    pub(crate) requested_at: DateTime<Utc>,
    /// When it is or was due.
    pub(crate) scheduled_for: DateTime<Utc>,
    /// When it was completed.
    pub(crate) completed_at: Option<DateTime<Utc>>,
}

impl AccountDeletion {
    pub(super) fn from_row(row: &table::Model, receipt: String) -> Self {
        Self {
            receipt,
            status: DeletionStatus::from_name(&row.status),
            requested_at: row.requested_at,
            scheduled_for: row.scheduled_for,
            completed_at: row.completed_at,
        }
    }
}
