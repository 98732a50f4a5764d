//! How and when somebody was authenticated.

use chrono::{DateTime, Utc};

use crate::db::UserId;

/// An authentication method, stored by the name that the `amr` claim has for it (RFC 8176, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// A password.
    Password,
}

impl Method {
    /// The name, for the database and the log.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Password => "pwd",
        }
    }
}

/// A user whose credential was checked.
#[derive(Debug)]
pub(crate) struct Authenticated {
    pub(super) user_id: UserId,
    pub(super) at: DateTime<Utc>,
    /// Names of methods, separated by spaces.
    pub(super) methods: String,
}

impl Authenticated {
    /// Of `user_id`, by `method`, at `now`.
    pub(crate) fn by(method: Method, user_id: UserId, now: DateTime<Utc>) -> Self {
        Self {
            user_id,
            at: now,
            methods: method.name().to_owned(),
        }
    }
}

/// The methods of a session's row, separated by spaces. The version before stored none, and knew only passwords.
pub(super) fn methods(stored: Option<String>) -> String {
    stored.unwrap_or_else(|| Method::Password.name().to_owned())
}
