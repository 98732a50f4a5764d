//! Cancels the removal of second factors before it takes effect.

use chrono::{DateTime, Utc};

use super::super::account_state::lock_active;
use super::super::notices::{Notice, notify};
use super::super::{User, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::{SessionId, UserId, WriteTransaction};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::factors::discard_removal;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Viewer, confirm_active};
use crate::tokens::{Purpose, void_tokens};

/// Why nothing was canceled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CancelFactorRemovalError {
    /// No removal is scheduled.
    NotScheduled,
}

/// Keeps the viewer's second factors. Needs no recent authentication: keeping them is safe.
pub(crate) async fn cancel_factor_removal(
    app: &App,
    viewer: &Viewer,
    client: &Client,
) -> Result<UserResult<User, CancelFactorRemovalError>, OperationError> {
    let (now, user_id) = (app.clock.now(), viewer.user_id());
    retry_conflict(&*app.entropy, async || {
        let tx = app.db.begin_write().await?;
        confirm_active(&*tx, viewer, now).await?;
        if !lock_active(&*tx, user_id).await? {
            return Err(OperationError::Unauthenticated);
        }
        let user = queries::find_user(&*tx, user_id).await?;
        let user = user.ok_or_else(|| InternalError::new("an account vanished under a lock"))?;
        let session = Some(viewer.session_id());
        if !call_off_removal(app, &tx, (&user, session), (now, client)).await? {
            return Ok(Err(vec![CancelFactorRemovalError::NotScheduled]));
        }
        void_tokens(&*tx, user_id, Purpose::RemoveFactors).await?;
        tx.commit().await?;
        Ok(Ok(user))
    })
    .await
}

/// Cancels the scheduled removal of the second factors of `user`, if any, because a factor was used or the password changed.
/// The owner is notified. Call it after the account was locked. Returns whether there was one.
pub(in crate::accounts) async fn call_off_removal(
    app: &App,
    tx: &WriteTransaction,
    (user, session_id): (&User, Option<SessionId>),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<bool, InternalError> {
    let actor = Actor::User(user.id);
    let own = (user.id, actor, session_id);
    let was_scheduled = discard(app, tx, own, (now, client)).await?;
    if was_scheduled {
        notify(app, tx, user, Notice::FactorRemovalCanceled, (now, client)).await?;
    }
    Ok(was_scheduled)
}

/// As [`call_off_removal`], without a notice: another one tells what happened.
pub(crate) async fn discard_with_event(
    app: &App,
    tx: &WriteTransaction,
    (user_id, actor): (UserId, Actor),
    cause: (DateTime<Utc>, &Client),
) -> Result<bool, InternalError> {
    discard(app, tx, (user_id, actor, None), cause).await
}

async fn discard(
    app: &App,
    tx: &WriteTransaction,
    (user_id, actor, session_id): (UserId, Actor, Option<SessionId>),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<bool, InternalError> {
    if !discard_removal(&**tx, user_id).await? {
        return Ok(false);
    }
    let event = NewEvent {
        user_id,
        actor,
        kind: EventKind::SecondFactorRemovalCancelled,
        session_id,
        client,
    };
    security_events::record(&**tx, &app.identifiers, now, event).await?;
    app.metrics.factors.removals.increment("canceled");
    tracing::info!(user = %user_id, "removal of second factors canceled");
    Ok(true)
}
