//! Removes accounts whose address was required to be verified in time and was not. Called by a worker.

use super::inventory::forget;
use crate::accounts::{adopt_next, find_unverified, is_still_unverified};
use crate::app::App;
use crate::db::UserId;
use crate::errors::{InternalError, caught, retry_conflict};
use crate::sessions::lock_sessions;

/// How many are read at once.
const BATCH: u64 = 100;

/// Removes them, each in a separate transaction; returns how many there were. A failure is logged, does not delay the
/// others, and is retried next time. Applies only to accounts registered while verification was required, and only
/// while it is required. Enabling the requirement removes no existing account.
pub(crate) async fn remove_unverified(app: &App) -> Result<u64, InternalError> {
    let mut removed = 0;
    if !app.config.accounts.email_verification.is_required() {
        return Ok(removed);
    }
    let now = app.clock.now();
    let mut after = None;
    loop {
        let due = find_unverified(app.db.read(), now, after, BATCH).await?;
        let Some(last) = due.last() else {
            return Ok(removed);
        };
        after = Some(*last);
        for (_, user_id) in due {
            match caught(retry_conflict(&*app.entropy, || remove(app, user_id))).await {
                Ok(done) => removed += u64::from(done),
                Err(error) => {
                    tracing::error!(user = %user_id, %error, "unverified account not removed");
                }
            }
        }
    }
}

/// Returns `false` if the address was verified in the meantime.
async fn remove(app: &App, user_id: UserId) -> Result<bool, InternalError> {
    let tx = app.db.begin_write().await?;
    lock_sessions(&*tx, user_id, app.clock.now()).await?;
    if !is_still_unverified(&*tx, user_id).await? {
        return Ok(false);
    }
    if adopt_next(app, &tx, user_id, app.clock.now()).await? {
        tx.commit().await?;
        tracing::info!(user = %user_id, "registration removed: its address was not verified in time");
        return Ok(false);
    }
    forget(app, &tx, user_id).await?;
    tx.commit().await?;
    tracing::info!(user = %user_id, "account removed: its address was not verified in time");
    Ok(true)
}
