//! Schedules the removal of lost second factors with the token of an emailed link.

use chrono::{DateTime, Utc};

use super::super::account_state::lock_active;
use super::super::current_password;
use super::super::links::note_refused_link;
use super::super::notices::{Notice, notify};
use super::super::{EmailAddress, queries};
use super::cancel_factor_removal::discard_with_event;
use super::still_lost::{is_still_lost, is_valid};
use crate::app::App;
use crate::client::Client;
use crate::errors::{OperationError, UserResult, retry_conflict};
use crate::factors::{Removal, find_removal, schedule_removal};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::lock_sessions;
use crate::tokens::{OneTimeToken, OneTimeTokenError, Purpose, consume_token, void_tokens};

/// Schedules the removal of every second factor of the account, unless one is scheduled already. The owner is notified and
/// can cancel it until then. Returns the time of the removal.
pub(crate) async fn confirm_factor_removal(
    app: &App,
    token: &str,
    client: &Client,
) -> Result<UserResult<DateTime<Utc>, OneTimeTokenError>, OperationError> {
    let outcome = follow(app, token, client).await?;
    note_refused_link(app, ("confirm_factor_removal", client), &outcome, |it| {
        Some(it.name())
    });
    Ok(outcome)
}

async fn follow(
    app: &App,
    token: &str,
    client: &Client,
) -> Result<UserResult<DateTime<Utc>, OneTimeTokenError>, OperationError> {
    let now = app.clock.now();
    let found = app
        .one_time_tokens
        .find(app.db.read(), Purpose::RemoveFactors, token, now)
        .await?;
    match found {
        Ok(token) => retry_conflict(&*app.entropy, || schedule(app, &token, (now, client))).await,
        Err(error) => Ok(Err(vec![error])),
    }
}

async fn schedule(
    app: &App,
    token: &OneTimeToken,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<DateTime<Utc>, OneTimeTokenError>, OperationError> {
    let user_id = token.user_id;
    let invalid = Ok(Err(vec![OneTimeTokenError::Invalid]));
    let Some(delay) = app.config.factors.removal_delay else {
        return invalid;
    };
    let tx = app.db.begin_write().await?;
    lock_sessions(&*tx, user_id, now).await?;
    if !consume_token(&*tx, token).await? || !lock_active(&*tx, user_id).await? {
        return invalid;
    }
    let Some(account) = queries::find_account(&*tx, user_id).await? else {
        return invalid;
    };
    let address = token.email.parse::<EmailAddress>();
    let is_address = address.is_ok_and(|it| it.canonical() == account.email_canonical);
    let version = current_password::find_version(&*tx, user_id).await?;
    let has_factor = app.factors.available(&*tx, user_id).await?.any();
    let (Some(password_version), Some(issued_at)) = (version, token.id.issued_at()) else {
        return invalid;
    };
    if !is_address || !has_factor || !is_still_lost(&tx, user_id, issued_at).await? {
        return invalid;
    }
    void_tokens(&*tx, user_id, Purpose::RemoveFactors).await?;
    if let Some(earlier) = find_removal(&*tx, user_id).await? {
        if is_valid(&tx, &earlier).await? {
            tx.commit().await?;
            return Ok(Ok(earlier.scheduled_for));
        }
        discard_with_event(app, &tx, (user_id, Actor::System), (now, client)).await?;
    }
    let removal = Removal {
        user_id,
        password_version,
        requested_at: now,
        scheduled_for: now + delay,
        client: client.clone(),
    };
    schedule_removal(&*tx, &removal).await?;
    let event = NewEvent {
        user_id,
        actor: Actor::User(user_id),
        kind: EventKind::SecondFactorRemovalScheduled,
        session_id: None,
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    let notice = Notice::FactorRemovalScheduled(removal.scheduled_for);
    notify(app, &tx, &account.user, notice, (now, client)).await?;
    tx.commit().await?;
    app.metrics.factors.removals.increment("scheduled");
    tracing::warn!(user = %user_id, scheduled_for = %removal.scheduled_for, "removal of second factors scheduled");
    Ok(Ok(removal.scheduled_for))
}
