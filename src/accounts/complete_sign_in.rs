//! Completes a sign-in: from a verified credential of any kind to a session, or to a challenge for the second step.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;

use super::notices::{Notice, notify};
use super::second_factors::{PendingSignIn, pending_sign_in};
use super::{User, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::entity::users as table;
use crate::db::{PasswordVersion, SessionId, UserId, WriteTransaction};
use crate::errors::OperationError;
use crate::factors::NewChallenge;
use crate::lockout::Recognition;
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::sessions::{Authenticated, Level, OpenedSession, end_current, open_session};

/// A sign-in with verified credentials.
pub(super) struct SignIn<'a> {
    /// The user. The account is locked.
    pub(super) user: &'a User,
    /// How the user was authenticated.
    pub(super) authenticated: Authenticated,
    /// The password that was verified.
    pub(super) password: Option<PasswordVersion>,
    /// The session of the request, which the sign-in replaces (ASVS 5.0, 7.2.4). Its rows are already locked.
    pub(super) replaces: Option<(UserId, SessionId)>,
    /// What the account knows of the client.
    pub(super) recognition: &'a Recognition,
    /// Whether the account was used from such a place before.
    pub(super) is_familiar: bool,
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

/// What became of a sign-in.
pub(crate) enum Completed {
    /// A session was created.
    SignedIn(Box<SignedIn>),
    /// The second step is missing. Nothing was created, replaced or remembered.
    Challenged(Box<PendingSignIn>),
}

/// Revokes the session that this one replaces, creates the session, remembers the device and records the event, all in
/// `tx`. If the account has a second factor, or must have one, and none was proved, issues a challenge instead.
///
/// Every way to sign in ends here, so that none omits one of these steps.
pub(super) async fn complete_sign_in(
    app: &App,
    tx: &WriteTransaction,
    sign_in: SignIn<'_>,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<Completed, OperationError> {
    let user_id = sign_in.authenticated.user_id();
    if sign_in.authenticated.level() < Level::MultiFactor {
        let available = app.factors.available(&**tx, user_id).await?;
        if available.any() || app.config.factors.are_required(now) {
            let new = NewChallenge {
                user_id,
                methods: sign_in.authenticated.methods().to_owned(),
                password_version: sign_in.password,
                replaces: sign_in.replaces,
                is_familiar: sign_in.is_familiar,
                ttl: app.config.factors.challenge_ttl,
            };
            let pending = pending_sign_in(app, &**tx, (new, available), (now, client)).await?;
            return Ok(Completed::Challenged(Box::new(pending)));
        }
    }
    let opened = open(app, tx, &sign_in, (now, client)).await?;
    let mut user = sign_in.user.clone();
    if sign_in.event == EventKind::LoginSucceeded {
        let update =
            queries::update(user_id).col_expr(table::Column::LastLoginAt, Expr::value(now));
        update.exec(&**tx).await?;
        user.last_login_at = Some(now);
        if !sign_in.is_familiar {
            notify(app, tx, &user, Notice::NewSignIn, (now, client)).await?;
        }
    }
    Ok(Completed::SignedIn(Box::new(SignedIn { user, opened })))
}

async fn open(
    app: &App,
    tx: &WriteTransaction,
    sign_in: &SignIn<'_>,
    (now, client): (DateTime<Utc>, &Client),
) -> Result<OpenedSession, OperationError> {
    let user_id = sign_in.authenticated.user_id();
    if let Some(session) = sign_in.replaces {
        end_current(app, &**tx, session, (now, client)).await?;
    }
    let authenticated = sign_in.authenticated.clone();
    let mut opened = open_session(app, &**tx, authenticated, client, now).await?;
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
