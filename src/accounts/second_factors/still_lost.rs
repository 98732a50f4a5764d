//! Whether the factors of an account are still lost.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::super::current_password;
use crate::db::{UserId, WriteTransaction};
use crate::factors::{Removal, was_used_since};
use crate::security_events::{EventKind, happened_since};

/// What shows that the owner still has a factor, objects, or proved something else than at the request. A version that does not
/// know of removals records these, too.
const OBJECTIONS: [EventKind; 6] = [
    EventKind::RecoveryCodeUsed,
    EventKind::PasswordChanged,
    EventKind::PasswordReset,
    EventKind::EmailChanged,
    EventKind::AccountSecured,
    EventKind::SecondFactorRemovalCancelled,
];

/// Returns whether nothing happened to `user_id` since that speaks against a removal.
pub(super) async fn is_still_lost(
    tx: &WriteTransaction,
    user_id: UserId,
    since: DateTime<Utc>,
) -> Result<bool, DbErr> {
    Ok(!was_used_since(&**tx, user_id, since).await?
        && !happened_since(&**tx, user_id, &OBJECTIONS, since).await?)
}

/// Returns whether what `removal` depends on still holds: the password that was proved, and that the factors are lost.
pub(super) async fn is_valid(tx: &WriteTransaction, removal: &Removal) -> Result<bool, DbErr> {
    let user_id = removal.user_id;
    let password = (user_id, removal.password_version);
    Ok(current_password::is_current(&**tx, password).await?
        && is_still_lost(tx, user_id, removal.requested_at).await?)
}
