use async_graphql::{Enum, SimpleObject};

use crate::graphql::scalars::DateTime;
use crate::personal_data::{self, DeletionStatus};

/// The deletion of an account: first its schedule, later its proof. Contains no personal data.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AccountDeletion {
    /// The receipt, a secret. Store it: it gives access to the deletion's status (`accountDeletion`) after the account
    /// is removed.
    receipt: String,
    /// The state of the deletion.
    status: AccountDeletionStatus,
    /// When the user requested the deletion.
    requested_at: DateTime,
    /// When the account is removed, at most 24 hours after `requestedAt`.
    scheduled_for: DateTime,
    /// When the account was removed. Null unless `status` is `COMPLETED`.
    completed_at: Option<DateTime>,
}

/// The state of a deletion.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum AccountDeletionStatus {
    /// Scheduled. The user cannot sign in.
    Pending,
    /// Canceled by the user. The account is kept.
    Cancelled,
    /// Completed. The account and its personal data are removed.
    Completed,
    /// A state recorded by a newer version of the service.
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
