use async_graphql::{Enum, SimpleObject};

use crate::graphql::scalars::DateTime;
use crate::personal_data::{self, DeletionStatus};

/// The deletion of an account: its schedule first, the proof of it afterwards. Holds no personal data.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AccountDeletion {
    /// Keep it: it is the proof of removal after the account is gone.
    receipt: String,
    /// How far it is.
    status: AccountDeletionStatus,
    /// When it was asked for.
    requested_at: DateTime,
    /// When the account is removed; never more than 24 hours after requestedAt.
    scheduled_for: DateTime,
    /// When the account was removed; null until then.
    completed_at: Option<DateTime>,
}

/// How far a deletion is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum AccountDeletionStatus {
    /// It waits for its time; nobody can sign in.
    Pending,
    /// It was called off; the account stays.
    Cancelled,
    /// It was carried out; nothing about the person is left.
    Completed,
    /// A state that this version of the service does not know: a newer version recorded it.
    Unknown,
}

impl AccountDeletionStatus {
    fn of(status: DeletionStatus) -> Self {
        match status {
            DeletionStatus::Pending => Self::Pending,
            DeletionStatus::Cancelled => Self::Cancelled,
            DeletionStatus::Completed => Self::Completed,
        }
    }
}

impl From<personal_data::AccountDeletion> for AccountDeletion {
    fn from(deletion: personal_data::AccountDeletion) -> Self {
        Self {
            receipt: deletion.receipt,
            status: deletion
                .status
                .map_or(AccountDeletionStatus::Unknown, AccountDeletionStatus::of),
            requested_at: deletion.requested_at.into(),
            scheduled_for: deletion.scheduled_for.into(),
            completed_at: deletion.completed_at.map(DateTime::from),
        }
    }
}
