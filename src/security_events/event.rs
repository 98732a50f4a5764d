//! One thing that happened to an account.

use chrono::{DateTime, Utc};

use crate::db::{SecurityEventId, SessionId};

/// What kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventKind {
    /// The account was made.
    Registered,
    /// Somebody signed in.
    LoginSucceeded,
    /// Somebody tried to sign in with a wrong password.
    LoginFailed,
    /// After wrong passwords in a row no password is checked for a while, or until it is reset.
    AccountLocked,
    /// A session was ended by its owner signing out.
    LoggedOut,
    /// A session was ended from another one.
    SessionRevoked,
    /// A refresh token was used again after it had been replaced.
    RefreshTokenReused,
    /// The password was changed.
    PasswordChanged,
    /// The address was changed.
    EmailChanged,
    /// Other profile fields were changed.
    ProfileUpdated,
    /// The deletion of the account was asked for.
    DeletionRequested,
    /// A link to choose a new password was asked for.
    PasswordResetRequested,
    /// A new password was chosen by such a link.
    PasswordReset,
    /// The address was shown to be its owner's, by a link mailed to it.
    EmailVerified,
    /// Another address was given, and waits to be verified.
    EmailChangeRequested,
    /// A change of the address was called off before it took effect.
    EmailChangeCancelled,
    /// The owner said, by the link of a notice, that something was not them; every session was ended.
    AccountSecured,
    /// Everything held about the account was handed out.
    DataExported,
    /// The deletion of the account was canceled.
    DeletionCancelled,
}

const NAMES: &[(EventKind, &str)] = &[
    (EventKind::Registered, "REGISTERED"),
    (EventKind::LoginSucceeded, "LOGIN_SUCCEEDED"),
    (EventKind::LoginFailed, "LOGIN_FAILED"),
    (EventKind::AccountLocked, "ACCOUNT_LOCKED"),
    (EventKind::LoggedOut, "LOGGED_OUT"),
    (EventKind::SessionRevoked, "SESSION_REVOKED"),
    (EventKind::RefreshTokenReused, "REFRESH_TOKEN_REUSED"),
    (EventKind::PasswordChanged, "PASSWORD_CHANGED"),
    (EventKind::EmailChanged, "EMAIL_CHANGED"),
    (EventKind::ProfileUpdated, "PROFILE_UPDATED"),
    (EventKind::DeletionRequested, "DELETION_REQUESTED"),
    (
        EventKind::PasswordResetRequested,
        "PASSWORD_RESET_REQUESTED",
    ),
    (EventKind::PasswordReset, "PASSWORD_RESET"),
    (EventKind::EmailVerified, "EMAIL_VERIFIED"),
    (EventKind::EmailChangeRequested, "EMAIL_CHANGE_REQUESTED"),
    (EventKind::EmailChangeCancelled, "EMAIL_CHANGE_CANCELLED"),
    (EventKind::AccountSecured, "ACCOUNT_SECURED"),
    (EventKind::DataExported, "DATA_EXPORTED"),
    (EventKind::DeletionCancelled, "DELETION_CANCELLED"),
];

impl EventKind {
    pub(super) fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, name)| name)
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(kind, _)| *kind)
    }
}

/// An entry of an account's history.
#[derive(Clone, Debug)]
pub(crate) struct SecurityEvent {
    /// Its identifier.
    pub(crate) id: SecurityEventId,
    /// What happened; `None` for a kind that only a newer version knows.
    pub(crate) kind: Option<EventKind>,
    /// When.
    pub(crate) occurred_at: DateTime<Utc>,
    /// In which session; that may be gone by now.
    pub(crate) session_id: Option<SessionId>,
    /// From which address.
    pub(crate) ip_address: Option<String>,
    /// With which client, in its own words.
    pub(crate) user_agent: Option<String>,
}
