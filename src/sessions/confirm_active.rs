//! Confirms that a session is still active before a change in its name.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QueryOrder, QuerySelect};

use super::{Viewer, queries};
use crate::db::entity::sessions as table;
use crate::db::{SessionId, UserId};
use crate::errors::OperationError;
use crate::tokens::lock_tokens;

/// Confirms, at the start of a transaction on the viewer's behalf, that the viewer's session is still active. Returns
/// [`OperationError::Unauthenticated`] if it was revoked since the request was authenticated.
///
/// Locks all of the user's sessions in a fixed order, so that of two sessions that revoke each other one wins without a
/// deadlock. (On SQLite the transaction itself is the lock.)
pub(crate) async fn confirm_active(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    now: DateTime<Utc>,
) -> Result<(), OperationError> {
    let active = lock_sessions(db, viewer.user_id(), now).await?;
    if active.contains(&viewer.session_id()) {
        Ok(())
    } else {
        Err(OperationError::Unauthenticated)
    }
}

/// Locks the links and the active sessions of `user_id` in a fixed order. Every change of an account does so before it
/// writes to any of them or to the account, so that two changes never deadlock.
pub(crate) async fn lock_sessions(
    db: &impl ConnectionTrait,
    user_id: UserId,
    now: DateTime<Utc>,
) -> Result<Vec<SessionId>, DbErr> {
    lock_tokens(db, user_id).await?;
    queries::active(now)
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::UserId.eq(user_id))
        .order_by_asc(table::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await
}
