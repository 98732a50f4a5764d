//! Authenticates an access token and returns its [`Viewer`].

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, DerivePartialModel, QueryFilter};

use super::arrival::{Arrival, note_arrival};
use super::{Viewer, queries};
use crate::app::App;
use crate::db::entity::sessions as table;
use crate::db::{SessionId, UserId};
use crate::errors::InternalError;
use crate::tokens::TokenError;

/// The authentication of a request.
#[derive(Clone, Debug)]
pub(crate) enum Authentication {
    /// No credential.
    Anonymous,
    /// A signed-in user.
    Viewer(Viewer),
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
    let active = queries::active(now)
        .filter(table::Column::Id.eq(claims.session_id))
        .filter(table::Column::UserId.eq(claims.user_id))
        .into_partial_model::<ActiveSession>()
        .all(app.db.read())
        .await?;
    let Some(session) = active.into_iter().next() else {
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
    let viewer = Viewer::of(claims.user_id, claims.session_id, since);
    Ok(Authentication::Viewer(viewer))
}

/// The columns of a session that every request reads.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "table::Entity")]
struct ActiveSession {
    created_at: DateTime<Utc>,
    authenticated_at: Option<DateTime<Utc>>,
    refresh_generation: i32,
    seen_generation: Option<i32>,
}
