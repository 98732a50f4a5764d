//! Re-authenticates a signed-in user: the session is recent again.

use chrono::{DateTime, Utc};

use super::account_state::lock_account;
use super::proof::{Proof, ProofError, Reauthenticated, verify_proof};
use crate::app::App;
use crate::client::Client;
use crate::errors::{OperationError, UserResult, retry_conflict};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Method, OpenedSession, Viewer, confirm_active, renew_session};

/// A session that was just authenticated.
pub(crate) struct Renewed {
    /// The session that replaces the current one.
    pub(crate) opened: OpenedSession,
    /// Until when it is recent.
    pub(crate) recent_until: DateTime<Utc>,
}

/// Verifies the viewer's `proof` and replaces the session with one that was authenticated now. A copy of the former
/// tokens gains nothing by it, and no longer works (ASVS 5.0, 7.2.4).
pub(crate) async fn reauthenticate(
    app: &App,
    viewer: &Viewer,
    proof: &Proof,
    client: &Client,
) -> Result<UserResult<Renewed, ProofError>, OperationError> {
    let now = app.clock.now();
    let (_, known) = verify_proof(app, viewer, Some(proof), client).await?;
    let known = match known {
        Ok(known) => known,
        Err(error) => return Ok(Err(vec![error])),
    };
    retry_conflict(&*app.entropy, || renew(app, viewer, &known, (now, client))).await
}

async fn renew(
    app: &App,
    viewer: &Viewer,
    known: &Reauthenticated,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<UserResult<Renewed, ProofError>, OperationError> {
    let tx = app.db.begin_write().await?;
    confirm_active(&*tx, viewer, now).await?;
    // The password that is read next cannot change any more.
    lock_account(&*tx, viewer.user_id()).await?;
    if !known.is_valid(&*tx).await? {
        return Ok(Err(vec![ProofError::PasswordIncorrect]));
    }
    let opened = renew_session(app, &*tx, viewer, Method::Password, (now, client)).await?;
    let event = NewEvent {
        user_id: viewer.user_id(),
        actor: Actor::User(viewer.user_id()),
        kind: EventKind::Reauthenticated,
        session_id: Some(opened.session.id),
        client,
    };
    security_events::record(&*tx, &app.identifiers, now, event).await?;
    tx.commit().await?;
    tracing::info!(user = %viewer.user_id(), session = %opened.session.id, "user re-authenticated");
    Ok(Ok(Renewed {
        opened,
        recent_until: now + app.config.tokens.step_up_ttl,
    }))
}
