//! How and when a user was authenticated.

use chrono::{DateTime, Utc};

use super::Session;
use crate::db::UserId;

/// An authentication method, stored by the name that the `amr` claim has for it (RFC 8176, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// A password.
    Password,
    /// A passkey: proof of possession of its key, after its authenticator has verified the user.
    Passkey,
    /// A code of an authenticator app.
    Totp,
    /// A recovery code.
    RecoveryCode,
}

/// How strongly a user was authenticated (NIST SP 800-63B-4, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// By nothing that signs in by itself: the passkey of the session was removed.
    Incomplete,
    /// By one factor.
    SingleFactor,
    /// By two: a passkey, which verifies its user, or a password and another factor.
    MultiFactor,
}

impl Method {
    const ALL: [Self; 4] = [
        Self::Password,
        Self::Passkey,
        Self::Totp,
        Self::RecoveryCode,
    ];

    /// Returns the name, for the database and the log.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Password => "pwd",
            Self::Passkey => "pop",
            Self::Totp => "otp",
            // RFC 8176 has no name for it.
            Self::RecoveryCode => "recovery",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// A user whose credential was verified.
#[derive(Clone, Debug)]
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

    /// Adds a `method` of the second step, whose user proved it at `now`. `first` are the methods of the first step.
    pub(crate) fn in_two_steps(
        first: &str,
        method: Method,
        user_id: UserId,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            user_id,
            at: now,
            methods: with(first, method),
        }
    }

    /// Returns the names of the methods, separated by spaces.
    pub(crate) fn methods(&self) -> &str {
        &self.methods
    }

    /// Returns how strong the methods are together.
    pub(crate) fn level(&self) -> Level {
        level(&self.methods)
    }

    /// Returns the user.
    pub(crate) fn user_id(&self) -> UserId {
        self.user_id
    }

    /// Records that the user of `session` was authenticated by `method` again.
    pub(super) fn again(session: &Session, method: Method, now: DateTime<Utc>) -> Self {
        Self::in_two_steps(&session.methods, method, session.user_id, now)
    }
}

fn with(methods: &str, method: Method) -> String {
    if named(methods).any(|known| known == method) {
        return methods.to_owned();
    }
    format!("{methods} {}", method.name()).trim().to_owned()
}

/// Returns `methods` without `removed`.
pub(super) fn without(methods: &str, removed: &[Method]) -> String {
    let kept = methods
        .split(' ')
        .filter(|name| removed.iter().all(|method| method.name() != *name));
    kept.collect::<Vec<_>>().join(" ")
}

/// Returns how strong `methods` are together.
pub(super) fn level(methods: &str) -> Level {
    let has = |method| named(methods).any(|known| known == method);
    let second = has(Method::Totp) || has(Method::RecoveryCode);
    match (has(Method::Password), has(Method::Passkey)) {
        (_, true) => Level::MultiFactor,
        (true, false) if second => Level::MultiFactor,
        (true, false) => Level::SingleFactor,
        (false, false) => Level::Incomplete,
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
