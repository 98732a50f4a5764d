//! Who is signed in, as proof.

use crate::db::{SessionId, UserId};

/// A signed-in user, in one of their sessions. Only this module makes one, from a verified access token or
/// a session just opened, so an operation that takes a `&Viewer` cannot be called without a sign-in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Viewer {
    user_id: UserId,
    session_id: SessionId,
}

impl Viewer {
    pub(super) fn new(user_id: UserId, session_id: SessionId) -> Self {
        Self {
            user_id,
            session_id,
        }
    }

    /// Who.
    pub(crate) fn user_id(&self) -> UserId {
        self.user_id
    }

    /// In which session.
    pub(crate) fn session_id(&self) -> SessionId {
        self.session_id
    }
}
