//! From a credential that is right to a session, whichever credential it was.

use chrono::{DateTime, Utc};

use super::User;
use crate::app::App;
use crate::client::Client;
use crate::db::{SessionId, UserId, WriteTransaction};
use crate::errors::OperationError;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Authenticated, Method, OpenedSession, end_current, open_session};

/// A sign-in whose credential has been checked.
pub(super) struct SignIn {
    /// Who, and how it was checked.
    pub(super) user: (UserId, Method),
    /// The session whose credential the request carries: it ends with the sign-in (ASVS 5.0, 7.2.4). Its rows are locked
    /// already.
    pub(super) replaces: Option<(UserId, SessionId)>,
    /// What enters the user's history.
    pub(super) event: EventKind,
}

/// A user and the session just started.
pub(crate) struct SignedIn {
    /// Who.
    pub(crate) user: User,
    /// The session and its credentials.
    pub(crate) opened: OpenedSession,
}

/// Ends the session that this one replaces, starts it, remembers the device and records the event, all in `tx`.
///
/// Every way to sign in ends here, so that none leaves one of these out.
pub(super) async fn complete_sign_in(
    app: &App,
    tx: &WriteTransaction,
    sign_in: SignIn,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<OpenedSession, OperationError> {
    let (user_id, method) = sign_in.user;
    if let Some(session) = sign_in.replaces {
        end_current(app, &**tx, session, (now, client)).await?;
    }
    let user = Authenticated::by(method, user_id, now);
    let mut opened = open_session(app, &**tx, user, client, now).await?;
    let source = (&app.identifiers, &*app.entropy);
    let remembered = app.lockout.remember(tx, (user_id, client), source, now);
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
