//! Removes the second factors whose removal is due. Called by a worker.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::account_state::lock_active;
use super::super::notices::{Notice, notify};
use super::super::queries;
use super::cancel_factor_removal::discard_with_event;
use super::still_lost::is_valid;
use crate::app::App;
use crate::client::Client;
use crate::db::UserId;
use crate::errors::{InternalError, caught, retry_conflict};
use crate::factors::{Removal, find_removal, list_due_removals, remove_all};
use crate::lockout::clear;
use crate::mail::{FactorRemovalScheduled, Unsent, find_unsent};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{end_all, lock_sessions};
use crate::tokens::{Purpose, void_tokens};

/// How many removals are read at once.
const BATCH: u64 = 100;

/// So much later than now, every scheduled removal is due.
const LONGEST_DELAY: TimeDelta = TimeDelta::days(31);

/// Completes all due removals, each in a separate transaction; cancels all that are scheduled if removals are off. A failure is
/// logged, does not delay the others, and is retried next time.
pub(crate) async fn complete_factor_removals(app: &App) -> Result<(), InternalError> {
    let now = app.clock.now();
    let until = match app.config.factors.removal_delay {
        Some(_) => now,
        None => now + LONGEST_DELAY,
    };
    let mut after = None;
    loop {
        let due = list_due_removals(app.db.read(), (until, after), BATCH).await?;
        let Some(last) = due.last() else {
            return Ok(());
        };
        after = Some((last.scheduled_for, last.user_id));
        for removal in &due {
            let user_id = removal.user_id;
            let completed = retry_conflict(&*app.entropy, || complete(app, user_id, (now, until)));
            if let Err(error) = caught(completed).await {
                tracing::error!(user = %user_id, %error, "removal of second factors failed, will be retried");
            }
        }
    }
}

async fn complete(
    app: &App,
    user_id: UserId,
    (now, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), InternalError> {
    let tx = app.db.begin_write().await?;
    // In the lock order of a change.
    lock_sessions(&*tx, user_id, now).await?;
    clear(&*tx, &app.lockout.second_factor(user_id)).await?;
    // While a deletion is scheduled, the removal waits: the deletion may be canceled.
    if !lock_active(&*tx, user_id).await? {
        return Ok(());
    }
    // Another instance may have been faster, or it was canceled and scheduled anew.
    let removal = find_removal(&*tx, user_id).await?;
    let Some(removal) = removal.filter(|it| it.scheduled_for <= until) else {
        return Ok(());
    };
    let unsent = find_unsent::<FactorRemovalScheduled>(&*tx, user_id, removal.requested_at).await?;
    let is_on = app.config.factors.removal_delay.is_some();
    if is_on && unsent == Some(Unsent::Queued) {
        // The owner was not notified yet.
        return Ok(());
    }
    let is_due = is_on && unsent.is_none() && is_valid(&tx, &removal).await?;
    if !is_due {
        // The wrong codes were cleared.
        drop(tx);
        return call_off(app, &removal, now).await;
    }
    let Some(user) = queries::find_user(&*tx, user_id).await? else {
        return Ok(());
    };
    let removed = remove_all(&*tx, user_id).await?;
    end_all(&*tx, user_id, now).await?;
    void_tokens(&*tx, user_id, Purpose::RemoveFactors).await?;
    let event = NewEvent {
        user_id,
        actor: Actor::System,
        kind: EventKind::SecondFactorsReset,
        session_id: None,
        client: &removal.client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    let cause = (now, &removal.client);
    notify(app, &tx, &user, Notice::FactorsRemoved, cause).await?;
    tx.commit().await?;
    app.metrics.factors.removals.increment("completed");
    let reason = "lost";
    tracing::warn!(user = %user_id, removed, reason, "second factors removed");
    Ok(())
}

/// Cancels `due`: it is off, or void, or its owner could not be notified.
async fn call_off(app: &App, due: &Removal, now: DateTime<Utc>) -> Result<(), InternalError> {
    let user_id = due.user_id;
    let tx = app.db.begin_write().await?;
    lock_sessions(&*tx, user_id, now).await?;
    if !lock_active(&*tx, user_id).await? {
        return Ok(());
    }
    let removal = find_removal(&*tx, user_id).await?;
    let user = queries::find_user(&*tx, user_id).await?;
    let is_same = removal.is_some_and(|it| it.requested_at == due.requested_at);
    let Some(user) = user.filter(|_| is_same) else {
        return Ok(());
    };
    // Nobody's request caused it.
    let client = &Client::new(None, None);
    discard_with_event(app, &tx, (user_id, Actor::System), (now, client)).await?;
    notify(
        app,
        &tx,
        &user,
        Notice::FactorRemovalCanceled,
        (now, client),
    )
    .await?;
    Ok(tx.commit().await?)
}
