//! The state of an account that is about to be signed in to by another credential than a password.

use chrono::{DateTime, Utc};

use super::account_state::lock_active;
use super::queries::{self, Account};
use crate::app::App;
use crate::db::WriteTransaction;
use crate::errors::InternalError;

/// Why nobody is signed in to an account, whatever they prove.
pub(super) enum Closed {
    /// It was removed.
    Removed,
    /// Its address must be verified first.
    EmailNotVerified,
    /// It is scheduled for deletion at this time.
    DeletionPending(DateTime<Utc>),
}

/// Locks the account, if it can be signed in to.
pub(super) async fn lock_open(
    app: &App,
    tx: &WriteTransaction,
    account: &Account,
) -> Result<Result<(), Closed>, InternalError> {
    let user_id = account.user.id;
    if !lock_active(&**tx, user_id).await? {
        let found = queries::find_account(&**tx, user_id).await?;
        let scheduled_for = found.and_then(|found| found.deletion_scheduled_for);
        return Ok(Err(
            scheduled_for.map_or(Closed::Removed, Closed::DeletionPending)
        ));
    }
    if app.config.accounts.email_verification.is_required() && !account.user.email_verified {
        return Ok(Err(Closed::EmailNotVerified));
    }
    Ok(Ok(()))
}
