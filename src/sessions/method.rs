//! How and when a user was authenticated.

use chrono::{DateTime, Utc};

use super::Session;
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

    fn from_name(name: &str) -> Option<Self> {
        [Self::Password].into_iter().find(|it| it.name() == name)
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

    /// Records that the user of `session` was authenticated by `method` again.
    pub(super) fn again(session: &Session, method: Method, now: DateTime<Utc>) -> Self {
        let mut methods = session.methods.clone();
        if !named(&methods).any(|known| known == method) {
            methods = format!("{methods} {}", method.name());
        }
        Self {
            user_id: session.user_id,
            at: now,
            methods,
        }
    }
}

/// Returns the methods of a session. Those that only a newer version knows are left out.
pub(super) fn named(methods: &str) -> impl Iterator<Item = Method> {
    methods.split(' ').filter_map(Method::from_name)
}

/// Returns the methods of a session's row, separated by spaces. The previous version stored none, and knew only
/// passwords.
pub(super) fn methods(stored: Option<String>) -> String {
    stored.unwrap_or_else(|| Method::Password.name().to_owned())
}
