//! Completes a sign-in: from a verified credential of any kind to a session.

use chrono::{DateTime, Utc};

use super::User;
use crate::app::App;
use crate::client::Client;
use crate::db::{SessionId, UserId, WriteTransaction};
use crate::errors::OperationError;
use crate::lockout::Recognition;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Authenticated, Method, OpenedSession, end_current, open_session};

/// A sign-in with a verified credential.
pub(super) struct SignIn<'a> {
    /// The user and the authentication method.
    pub(super) user: (UserId, Method),
    /// The session of the request, which the sign-in replaces (ASVS 5.0, 7.2.4). Its rows are already locked.
    pub(super) replaces: Option<(UserId, SessionId)>,
    /// What the account knows of the client.
    pub(super) recognition: &'a Recognition,
    /// The security event to record.
    pub(super) event: EventKind,
}

/// A user and the session that was just created.
pub(crate) struct SignedIn {
    /// The user.
    pub(crate) user: User,
    /// The session and its tokens.
    pub(crate) opened: OpenedSession,
}

/// Revokes the session that this one replaces, creates the session, remembers the device and records the event, all in
/// `tx`.
///
/// Every way to sign in ends here, so that none omits one of these steps.
pub(super) async fn complete_sign_in(
    app: &App,
    tx: &WriteTransaction,
    sign_in: SignIn<'_>,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<OpenedSession, OperationError> {
    let (user_id, method) = sign_in.user;
    if let Some(session) = sign_in.replaces {
        end_current(app, &**tx, session, (now, client)).await?;
    }
    let user = Authenticated::by(method, user_id, now);
    let mut opened = open_session(app, &**tx, user, client, now).await?;
    let source = (&app.identifiers, &*app.entropy);
    let place = (user_id, client, sign_in.recognition);
    let remembered = app.lockout.remember(tx, place, source, now);
    opened.tokens.device = Some(remembered.await?);
    let event = NewEvent {
        user_id,
        actor: Actor::User(user_id),
        kind: sign_in.event,
        session_id: Some(opened.session.id),
        client,
    };
    security_events::record(&**tx, &app.identifiers, now, event).await?;
    Ok(opened)
}
