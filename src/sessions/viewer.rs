//! The signed-in user of a request, as proof.

use chrono::{DateTime, Utc};

use super::{Level, Session};
use crate::db::{SessionId, UserId};

/// A signed-in user in one of their sessions. Only this module creates one, from a verified access token or a session
/// that was just created, so that an operation that takes a `&Viewer` cannot be called without a sign-in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Viewer {
    user_id: UserId,
    session_id: SessionId,
    authenticated_at: DateTime<Utc>,
    level: Level,
}

impl Viewer {
    pub(super) fn new(session: &Session) -> Self {
        let since = session.authenticated_at;
        Self::of(session.user_id, session.id, since, session.level())
    }

    pub(super) fn of(
        user_id: UserId,
        session_id: SessionId,
        authenticated_at: DateTime<Utc>,
        level: Level,
    ) -> Self {
        Self {
            user_id,
            session_id,
            authenticated_at,
            level,
        }
    }

    /// Returns the user's id.
    pub(crate) fn user_id(&self) -> UserId {
        self.user_id
    }

    /// Returns the session's id.
    pub(crate) fn session_id(&self) -> SessionId {
        self.session_id
    }

    /// Returns how strongly the user was authenticated.
    pub(crate) fn level(&self) -> Level {
        self.level
    }

    /// Returns when the user was last authenticated (`auth_time` of OpenID Connect Core 1.0, section 2).
    pub(crate) fn authenticated_at(&self) -> DateTime<Utc> {
        self.authenticated_at
    }
}
