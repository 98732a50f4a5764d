//! A security event of an account.

use chrono::{DateTime, Utc};

use crate::db::{SecurityEventId, SessionId};

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventKind {
    /// The account was created.
    Registered,
    /// The user signed in.
    LoginSucceeded,
    /// A sign-in failed because of a wrong password.
    LoginFailed,
    /// Consecutive wrong passwords caused a lockout.
    AccountLocked,
    /// The user signed out.
    LoggedOut,
    /// A session was revoked from another one.
    SessionRevoked,
    /// A replaced refresh token was used again.
    RefreshTokenReused,
    /// The password was changed.
    PasswordChanged,
    /// The email address was changed.
    EmailChanged,
    /// Other profile fields were changed.
    ProfileUpdated,
    /// The deletion of the account was requested.
    DeletionRequested,
    /// A password reset link was requested.
    PasswordResetRequested,
    /// A new password was set with a password reset link.
    PasswordReset,
    /// The email address was verified with an emailed link.
    EmailVerified,
    /// An email change was requested.
    EmailChangeRequested,
    /// A pending email change was canceled.
    EmailChangeCancelled,
    /// The account was secured with the link of a notice; every session was revoked.
    AccountSecured,
    /// The user exported the account's data.
    DataExported,
    /// The deletion of the account was canceled.
    DeletionCancelled,
    /// The user proved a credential again in a session.
    Reauthenticated,
    /// An authenticator app was added, or replaced the earlier one.
    TotpAdded,
    /// The authenticator app was removed.
    TotpRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// New recovery codes replaced the earlier ones.
    RecoveryCodesGenerated,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// The second step of a sign-in failed or never came, or a wrong code was entered in a session.
    SecondFactorFailed,
    /// Too many wrong codes caused a wait.
    SecondFactorLocked,
    /// Every second factor was removed, by an operator or because the user had lost them, and every session was revoked.
    SecondFactorsReset,
    /// A link was emailed that schedules the removal of every second factor.
    SecondFactorRemovalRequested,
    /// The removal of every second factor was scheduled with that link.
    SecondFactorRemovalScheduled,
    /// A scheduled removal of second factors was canceled.
    SecondFactorRemovalCancelled,
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
    (EventKind::Reauthenticated, "REAUTHENTICATED"),
    (EventKind::TotpAdded, "TOTP_ADDED"),
    (EventKind::TotpRemoved, "TOTP_REMOVED"),
    (EventKind::PasskeyAdded, "PASSKEY_ADDED"),
    (EventKind::PasskeyRemoved, "PASSKEY_REMOVED"),
    (
        EventKind::RecoveryCodesGenerated,
        "RECOVERY_CODES_GENERATED",
    ),
    (EventKind::RecoveryCodeUsed, "RECOVERY_CODE_USED"),
    (EventKind::SecondFactorFailed, "SECOND_FACTOR_FAILED"),
    (EventKind::SecondFactorLocked, "SECOND_FACTOR_LOCKED"),
    (EventKind::SecondFactorsReset, "SECOND_FACTORS_RESET"),
    (
        EventKind::SecondFactorRemovalRequested,
        "SECOND_FACTOR_REMOVAL_REQUESTED",
    ),
    (
        EventKind::SecondFactorRemovalScheduled,
        "SECOND_FACTOR_REMOVAL_SCHEDULED",
    ),
    (
        EventKind::SecondFactorRemovalCancelled,
        "SECOND_FACTOR_REMOVAL_CANCELLED",
    ),
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

/// A security event of an account.
#[derive(Clone, Debug)]
pub(crate) struct SecurityEvent {
    /// The id.
    pub(crate) id: SecurityEventId,
    /// The kind; `None` for one that only a newer version knows.
    pub(crate) kind: Option<EventKind>,
    /// The time.
    pub(crate) occurred_at: DateTime<Utc>,
    /// The session, which may be removed.
    pub(crate) session_id: Option<SessionId>,
    /// The IP address.
    pub(crate) ip_address: Option<String>,
    /// The `User-Agent` header.
    pub(crate) user_agent: Option<String>,
}
