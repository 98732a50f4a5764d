//! A session, as other modules see it.

use chrono::{DateTime, Utc};

use super::method::{level, named};
use super::{Level, Method};
use crate::client::device_name;
use crate::db::{SessionId, UserId};

/// One sign-in, without tokens or their hashes.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// The id; the `sid` of its access tokens.
    pub(crate) id: SessionId,
    /// The user.
    pub(crate) user_id: UserId,
    /// When it was created.
    pub(crate) created_at: DateTime<Utc>,
    /// When the user was authenticated last. Refreshing does not authenticate.
    pub(crate) authenticated_at: DateTime<Utc>,
    /// The authentication methods, as `amr` values separated by spaces (RFC 8176).
    pub(crate) methods: String,
    /// When its tokens were last issued.
    pub(crate) last_used_at: DateTime<Utc>,
    /// When it expires unless it is refreshed, at most its absolute end.
    pub(crate) expires_at: DateTime<Utc>,
    /// When it was revoked.
    pub(crate) ended_at: Option<DateTime<Utc>>,
    /// The IP address from which it was created.
    pub(crate) ip_address: Option<String>,
    /// The `User-Agent` header of the client that created it.
    pub(crate) user_agent: Option<String>,
}

impl Session {
    /// Returns the authentication methods used in it, the first one first.
    pub(crate) fn methods(&self) -> Vec<Method> {
        named(&self.methods).collect()
    }

    /// Returns how strongly the user was authenticated.
    pub(crate) fn level(&self) -> Level {
        level(&self.methods)
    }

    /// Returns a readable name of the client, such as "Firefox on Linux".
    pub(crate) fn device_name(&self) -> String {
        device_name(self.user_agent.as_deref())
    }
}
