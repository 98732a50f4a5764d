//! That a session still stands when something is about to be changed in its name.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QueryOrder, QuerySelect};

use super::{Viewer, queries};
use crate::db::entity::sessions as table;
use crate::db::{SessionId, UserId};
use crate::errors::OperationError;
use crate::tokens::lock_tokens;

/// Makes sure, at the top of a transaction that writes on the viewer's behalf, that the viewer's session
/// still stands; [`OperationError::Unauthenticated`] when it was ended since the request was authenticated.
///
/// It locks all of the user's sessions in one order, so that of two sessions that end each other one wins
/// and neither waits for the other in a circle. (On SQLite the transaction itself is the lock.)
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

/// Locks the links and the standing sessions of `user_id`, in one order: done by every change of an account
/// before it writes to any of them or to the account, so that two changes never wait for each other in a
/// circle.
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
