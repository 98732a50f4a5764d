//! A session as the rest of the service sees it.

use chrono::{DateTime, Utc};

use super::device_name::device_name;
use crate::db::{SessionId, UserId};

/// One sign-in. Holds no token and no hash of one.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Its identifier; the `sid` of its access tokens.
    pub(crate) id: SessionId,
    /// Whose it is.
    pub(crate) user_id: UserId,
    /// When somebody signed in.
    pub(crate) created_at: DateTime<Utc>,
    /// When the user was authenticated last. Refreshing does not authenticate.
    pub(crate) authenticated_at: DateTime<Utc>,
    /// How, as `amr` values separated by spaces (RFC 8176).
    pub(crate) methods: String,
    /// When its tokens were issued last.
    pub(crate) last_used_at: DateTime<Utc>,
    /// When it ends unless it is used before; never later than its absolute end.
    pub(crate) expires_at: DateTime<Utc>,
    /// When it was ended before its time.
    pub(crate) ended_at: Option<DateTime<Utc>>,
    /// The address it was started from.
    pub(crate) ip_address: Option<String>,
    /// The client it was started with, in the client's words.
    pub(crate) user_agent: Option<String>,
}

impl Session {
    /// The client in a person's words, such as "Firefox on Linux".
    pub(crate) fn device_name(&self) -> String {
        device_name(self.user_agent.as_deref())
    }
}
