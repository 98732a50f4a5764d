//! Authenticates an access token and returns its [`Viewer`].

use std::sync::Arc;

use super::Viewer;
use super::arrival::{Arrival, note_arrival};
use super::method::{level, methods};
use crate::app::App;
use crate::db::{SessionId, SignedIn, UserId};
use crate::errors::InternalError;
use crate::tokens::TokenError;
use chrono::{DateTime, Utc};

/// The authentication of a request.
#[derive(Clone, Debug)]
pub(crate) enum Authentication {
    /// No credential.
    Anonymous,
    /// A signed-in user, and the rows by which the session was found active.
    Viewer(Viewer, Arc<SignedIn>),
    /// The credential is rejected.
    Rejected(AuthenticationError),
}

/// Why a credential is rejected. The client receives only UNAUTHENTICATED.
#[derive(Clone, Debug)]
pub(crate) enum AuthenticationError {
    /// Not an access token: another scheme, or several headers.
    Malformed,
    /// Session cookies in a request that does not come from a front end.
    IgnoredCookies,
    /// An invalid token: changed, of another service, or of a revoked session. The text is a reason code.
    Refused(&'static str),
    /// Genuine but expired. `logout` may still end its session; nothing else is allowed.
    Expired(UserId, SessionId),
}

impl AuthenticationError {
    /// Returns the reason code for log and metrics.
    pub(crate) fn reason(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::IgnoredCookies => "cookies_ignored",
            Self::Refused(reason) => reason,
            Self::Expired(..) => "expired",
        }
    }
}

/// Verifies `token` and that its session is still active (ASVS 5.0, 7.4.1), in every request.
pub(crate) async fn authenticate(
    app: &App,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Authentication, InternalError> {
    let claims = match app.access_tokens.verify(token, now) {
        Ok(claims) => claims,
        Err(TokenError::Expired(claims)) => {
            let expired = AuthenticationError::Expired(claims.user_id, claims.session_id);
            return Ok(Authentication::Rejected(expired));
        }
        Err(TokenError::Invalid(reason)) => {
            return Ok(Authentication::Rejected(AuthenticationError::Refused(
                reason,
            )));
        }
    };
    let found = app.db.signed_in(claims.user_id, claims.session_id).await?;
    let active = found.filter(|it| it.expires_at > now && it.idle_expires_at > now);
    let Some(session) = active else {
        let ended = AuthenticationError::Refused("session_ended");
        return Ok(Authentication::Rejected(ended));
    };
    let arrived = claims.generation.map(|generation| Arrival {
        session_id: claims.session_id,
        generation,
        newest: session.refresh_generation,
        seen: session.seen_generation,
    });
    if let Some(arrived) = arrived {
        note_arrival(app, arrived).await;
    }
    let since = session.authenticated_at.unwrap_or(session.created_at);
    let level = level(&methods(session.methods.clone()));
    let viewer = Viewer::of(claims.user_id, claims.session_id, since, level);
    Ok(Authentication::Viewer(viewer, session))
}
