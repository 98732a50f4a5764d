//! Removes a second factor.

use chrono::{DateTime, Utc};

use super::super::account_state::lock_active;
use super::super::notices::{Notice, notify};
use super::super::{User, queries};
use super::{call_off_removal, require_recent};
use crate::app::App;
use crate::client::Client;
use crate::db::{FactorId, WriteTransaction};
use crate::errors::{InternalError, OperationError, UserResult, retry_conflict};
use crate::factors::{Available, find_app, remove_codes, void_challenges};
use crate::mail::FactorName;
use crate::rate_limits::Action;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Method, Viewer, confirm_active, end_others, remove_methods};

/// Why a factor is not removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RemoveFactorError {
    /// The account has no factor of this id.
    NotFound,
    /// It is the last one, and accounts must have one.
    LastSecondFactor,
}

/// A factor was removed.
pub(crate) struct FactorRemoved {
    /// The user.
    pub(crate) user: User,
    /// How many other sessions were revoked.
    pub(crate) revoked_sessions: u64,
}

/// Which factor was removed.
enum Removed {
    App,
    Passkey(String),
}

/// Removes the viewer's factor of this id; with the last one, the recovery codes. Sessions lose the methods that the account
/// no longer has.
pub(crate) async fn remove_factor(
    app: &App,
    viewer: &Viewer,
    (id, revokes_others): (&str, bool),
    client: &Client,
) -> Result<UserResult<FactorRemoved, RemoveFactorError>, OperationError> {
    let now = app.clock.now();
    let known = app
        .factors
        .available(app.db.read(), viewer.user_id())
        .await?;
    require_recent(app, viewer, known, now)?;
    app.rate_limits
        .charge_account(Action::Profile, client, &viewer.user_id().to_string())
        .await?;
    let Ok(id) = id.parse::<FactorId>() else {
        return Ok(Err(vec![RemoveFactorError::NotFound]));
    };
    retry_conflict(&*app.entropy, || {
        remove(app, viewer, (id, revokes_others), (now, client))
    })
    .await
}

async fn remove(
    app: &App,
    viewer: &Viewer,
    (id, revokes_others): (FactorId, bool),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<FactorRemoved, RemoveFactorError>, OperationError> {
    let user_id = viewer.user_id();
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    if !lock_active(&*tx, user_id).await? {
        return Err(OperationError::Unauthenticated);
    }
    // It may have got a factor since.
    let has = app.factors.available(&*tx, user_id).await?;
    require_recent(app, viewer, has, now)?;
    let Some(removed) = remove_row(app, &tx, viewer, id).await? else {
        return Ok(Err(vec![RemoveFactorError::NotFound]));
    };
    let left = app.factors.available(&*tx, user_id).await?;
    if !left.any_usable() && app.config.factors.are_required(now) {
        return Ok(Err(vec![RemoveFactorError::LastSecondFactor]));
    }
    if !left.any() {
        remove_codes(&*tx, user_id).await?;
    }
    remove_methods(&*tx, (user_id, &gone(left)), now).await?;
    void_challenges(&*tx, user_id).await?;
    let mut revoked_sessions = 0;
    if revokes_others {
        revoked_sessions = end_others(&*tx, viewer, now).await?;
    }
    let user = tell(app, &tx, (viewer, &removed), (now, client)).await?;
    tx.commit().await?;
    tracing::info!(user = %user_id, factor = %id, "second factor removed");
    Ok(Ok(FactorRemoved {
        user,
        revoked_sessions,
    }))
}

async fn remove_row(
    app: &App,
    tx: &WriteTransaction,
    viewer: &Viewer,
    id: FactorId,
) -> Result<Option<Removed>, InternalError> {
    let user_id = viewer.user_id();
    let is_app = find_app(&**tx, user_id)
        .await?
        .is_some_and(|app| app.id == id);
    if is_app {
        let removed = app.factors.remove_app(&**tx, (user_id, id)).await?;
        return Ok(removed.then_some(Removed::App));
    }
    let name = app.factors.remove_passkey(&**tx, (user_id, id)).await?;
    Ok(name.map(Removed::Passkey))
}

/// Returns the methods that an account with these factors does not have.
fn gone(left: Available) -> Vec<Method> {
    [
        (Method::Totp, left.totp),
        (Method::Passkey, left.passkey),
        (Method::RecoveryCode, left.any()),
    ]
    .into_iter()
    .filter(|(_, is_left)| !is_left)
    .map(|(method, _)| method)
    .collect()
}

async fn tell(
    app: &App,
    tx: &WriteTransaction,
    (viewer, removed): (&Viewer, &Removed),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<User, InternalError> {
    let user_id = viewer.user_id();
    let (kind, name) = match removed {
        Removed::App => (EventKind::TotpRemoved, FactorName::Totp),
        Removed::Passkey(name) => (EventKind::PasskeyRemoved, FactorName::Passkey(name)),
    };
    let event = NewEvent {
        user_id,
        actor: Actor::User(user_id),
        kind,
        session_id: Some(viewer.session_id()),
        client,
    };
    security_events::record(&**tx, &app.identifiers, now, event).await?;
    let user = queries::find_user(&**tx, user_id)
        .await?
        .ok_or_else(|| InternalError::new("an account vanished under the removal of a factor"))?;
    let session = Some(viewer.session_id());
    call_off_removal(app, tx, (&user, session), (now, client)).await?;
    let notice = Notice::FactorRemoved(name);
    notify(app, tx, &user, notice, (now, client)).await?;
    Ok(user)
}
