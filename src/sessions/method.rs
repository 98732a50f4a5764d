//! How and when a user was authenticated.

use chrono::{DateTime, Utc};

use crate::db::UserId;

/// An authentication method, stored by the name that the `amr` claim has for it (RFC 8176, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// A password.
    Password,
}

impl Method {
    /// Returns the name, for the database and the log.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Password => "pwd",
        }
    }
}

/// A user whose credential was verified.
#[derive(Debug)]
pub(crate) struct Authenticated {
    pub(super) user_id: UserId,
    pub(super) at: DateTime<Utc>,
    /// The names of the methods, separated by spaces.
    pub(super) methods: String,
}

impl Authenticated {
    /// Records that `user_id` was authenticated by `method` at `now`.
    pub(crate) fn by(method: Method, user_id: UserId, now: DateTime<Utc>) -> Self {
        Self {
            user_id,
            at: now,
            methods: method.name().to_owned(),
        }
    }
}

/// Returns the methods of a session's row, separated by spaces. The previous version stored none, and knew only
/// passwords.
pub(super) fn methods(stored: Option<String>) -> String {
    stored.unwrap_or_else(|| Method::Password.name().to_owned())
}
