//! Ends the current session: by signing out, or by signing in anew.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Authentication, AuthenticationError, queries};
use crate::app::App;
use crate::client::Client;
use crate::db::{SessionId, UserId};
use crate::errors::{InternalError, retry_conflict};
use crate::security_events::{self, Actor, EventKind, NewEvent};
use crate::tokens::RefreshToken;

/// The refresh tokens of a request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RefreshCredentials<'a> {
    /// In a cookie.
    pub(crate) cookie: Option<&'a str>,
    /// In the input of `logout`.
    pub(crate) input: Option<&'a str>,
}

/// Ends the session of the request, and that of the refresh token in its input. Succeeds also without an active
/// session. An expired access token is sufficient: a user who returns after a break and signs out means it.
pub(crate) async fn logout(
    app: &App,
    authentication: &Authentication,
    refresh_tokens: RefreshCredentials<'_>,
    client: &Client,
) -> Result<(), InternalError> {
    let current = current_session(app, authentication, refresh_tokens.cookie).await?;
    let named = owner_of(app, refresh_tokens.input).await?;
    for session in [current, named.filter(|_| named != current)]
        .into_iter()
        .flatten()
    {
        retry_conflict(&*app.entropy, || end_in_transaction(app, session, client)).await?;
    }
    Ok(())
}

/// Ends that session in a separate transaction.
async fn end_in_transaction(
    app: &App,
    session: (UserId, SessionId),
    client: &Client,
) -> Result<(), InternalError> {
    let tx = app.db.begin_write().await?;
    end_current(app, &*tx, session, (app.clock.now(), client)).await?;
    tx.commit().await?;
    tracing::info!(user = %session.0, session = %session.1, "user signed out");
    Ok(())
}

/// Returns the session of the request and its user: that of the access token or, if it is missing or invalid, that of
/// the refresh token in the cookie. The browser may have dropped the access cookie, its signing key may be removed, or
/// the issuer may have been renamed.
pub(crate) async fn current_session(
    app: &App,
    authentication: &Authentication,
    refresh_cookie: Option<&str>,
) -> Result<Option<(UserId, SessionId)>, InternalError> {
    match authentication {
        Authentication::Viewer(viewer, _) => Ok(Some((viewer.user_id(), viewer.session_id()))),
        Authentication::Rejected(AuthenticationError::Expired(user_id, session_id)) => {
            Ok(Some((*user_id, *session_id)))
        }
        Authentication::Anonymous | Authentication::Rejected(_) => {
            owner_of(app, refresh_cookie).await
        }
    }
}

/// Returns the session of a refresh token. A rotated token identifies it, too: the response with the next one may be
/// lost.
async fn owner_of(
    app: &App,
    refresh_token: Option<&str>,
) -> Result<Option<(UserId, SessionId)>, InternalError> {
    let Some(presented) = refresh_token.and_then(RefreshToken::parse) else {
        return Ok(None);
    };
    let known = queries::find(app.db.read(), presented.session_id).await?;
    let genuine = known.filter(|known| {
        app.refresh_tokens
            .forward(&presented, known.generation)
            .is_some_and(|newest| app.refresh_tokens.is_stored_as(&newest, &known.token_hash))
    });
    Ok(genuine.map(|known| (known.session.user_id, known.session.id)))
}

/// Ends that session in the transaction `db` if it is still active.
pub(crate) async fn end_current(
    app: &App,
    db: &impl ConnectionTrait,
    (user_id, session_id): (UserId, SessionId),
    (now, client): (DateTime<Utc>, &Client),
) -> Result<(), DbErr> {
    if !queries::end_one(db, now, user_id, session_id).await? {
        return Ok(());
    }
    let event = NewEvent {
        user_id,
        actor: Actor::User(user_id),
        kind: EventKind::LoggedOut,
        session_id: Some(session_id),
        client,
    };
    security_events::record(db, &app.identifiers, now, event).await
}
