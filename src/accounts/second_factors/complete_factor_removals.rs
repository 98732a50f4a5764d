//! Removes the second factors whose removal is due. Called by a worker.

use chrono::{DateTime, Utc};

use super::super::account_state::lock_active;
use super::super::current_password;
use super::super::notices::{Notice, notify};
use super::super::queries;
use super::cancel_factor_removal::call_off_removal;
use crate::app::App;
use crate::db::WriteTransaction;
use crate::errors::{InternalError, caught, retry_conflict};
use crate::factors::{
    Removal, discard_removal, find_removal, list_due_removals, remove_all, was_used_since,
};
use crate::lockout::clear;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{end_all, lock_sessions};

/// How many removals are read at once.
const BATCH: u64 = 100;

/// Completes all due removals, each in a separate transaction. A failure is logged, does not delay the others, and is retried
/// next time.
pub(crate) async fn complete_factor_removals(app: &App) -> Result<(), InternalError> {
    let now = app.clock.now();
    let mut after = None;
    loop {
        let due = list_due_removals(app.db.read(), (now, after), BATCH).await?;
        let Some(last) = due.last() else {
            return Ok(());
        };
        after = Some((last.scheduled_for, last.user_id));
        for removal in &due {
            let completed = retry_conflict(&*app.entropy, || complete(app, removal, now));
            if let Err(error) = caught(completed).await {
                tracing::error!(user = %removal.user_id, %error, "removal of second factors failed, will be retried");
            }
        }
    }
}

async fn complete(app: &App, due: &Removal, now: DateTime<Utc>) -> Result<(), InternalError> {
    let user_id = due.user_id;
    let tx = app.db.begin_write().await?;
    // In the lock order of a change.
    lock_sessions(&*tx, user_id, now).await?;
    clear(&*tx, &app.lockout.second_factor(user_id)).await?;
    if !lock_active(&*tx, user_id).await? {
        // The account is about to be deleted.
        discard_removal(&*tx, user_id).await?;
        return Ok(tx.commit().await?);
    }
    // Another instance may have been faster, or it was canceled and scheduled anew.
    let removal = find_removal(&*tx, user_id).await?;
    let Some(removal) = removal.filter(|it| it.scheduled_for <= now) else {
        return Ok(());
    };
    let Some(user) = queries::find_user(&*tx, user_id).await? else {
        return Ok(());
    };
    let cause = (now, &removal.client);
    if !is_valid(app, &tx, &removal).await? {
        call_off_removal(app, &tx, (&user, None), cause).await?;
        return Ok(tx.commit().await?);
    }
    let removed = remove_all(&*tx, user_id).await?;
    end_all(&*tx, user_id, now).await?;
    let event = NewEvent {
        user_id,
        actor: Actor::System,
        kind: EventKind::SecondFactorsReset,
        session_id: None,
        client: &removal.client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    notify(app, &tx, &user, Notice::FactorsRemoved, cause).await?;
    tx.commit().await?;
    app.metrics.factors.removals.increment("completed");
    tracing::warn!(user = %user_id, removed, "second factors removed: their user has lost them");
    Ok(())
}

/// Returns whether what the removal depends on still holds: the setting, the password that was proved, and that no factor was
/// used since.
async fn is_valid(
    app: &App,
    tx: &WriteTransaction,
    removal: &Removal,
) -> Result<bool, InternalError> {
    let user_id = removal.user_id;
    let password = (user_id, removal.password_version);
    Ok(app.config.factors.removal_delay.is_some()
        && current_password::is_current(&**tx, password).await?
        && !was_used_since(&**tx, user_id, removal.requested_at).await?)
}
