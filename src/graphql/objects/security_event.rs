use async_graphql::{Context, Enum, ID, Object, Result};

use super::Session;
use crate::client::device_name;
use crate::errors::InternalError;
use crate::graphql::context::ContextExt;
use crate::graphql::scalars::DateTime;
use crate::security_events::{self, EventKind};
use crate::sessions::Viewer;

/// A security-relevant event of an account.
pub(in crate::graphql) struct SecurityEvent {
    event: security_events::SecurityEvent,
    viewer: Viewer,
}

impl SecurityEvent {
    /// The event as the viewer sees it.
    pub(in crate::graphql) fn new(event: security_events::SecurityEvent, viewer: Viewer) -> Self {
        Self { event, viewer }
    }
}

/// A security-relevant event of an account.
#[Object]
impl SecurityEvent {
    /// The event's id.
    async fn id(&self) -> ID {
        self.event.id.to_string().into()
    }

    /// The kind of event.
    #[graphql(name = "type")]
    async fn kind(&self) -> SecurityEventType {
        self.event
            .kind
            .map_or(SecurityEventType::Unknown, SecurityEventType::of)
    }

    /// When the event happened.
    async fn occurred_at(&self) -> DateTime {
        self.event.occurred_at.into()
    }

    /// The session in which the event happened. Null if there was none or it is no longer stored.
    async fn session(&self, ctx: &Context<'_>) -> Option<Result<Session>> {
        let loaded = ctx.session_loader().load_one(self.event.session_id?).await;
        loaded
            .map(|found| {
                found
                    .filter(|session| session.user_id == self.viewer.user_id())
                    .map(|session| Session::new(session, &self.viewer))
            })
            .map_err(|error| ctx.refuse(InternalError::new(error.to_string())))
            .transpose()
    }

    /// The client's IP address. Null if unknown.
    async fn ip_address(&self) -> Option<&str> {
        self.event.ip_address.as_deref()
    }

    /// The client's `User-Agent` header. Null if it sent none.
    async fn user_agent(&self) -> Option<&str> {
        self.event.user_agent.as_deref()
    }

    /// A readable name of the client, such as `Firefox on Linux`.
    async fn device_name(&self) -> String {
        device_name(self.event.user_agent.as_deref())
    }
}

/// The kinds of security events. New values may be added; treat unknown ones like `UNKNOWN`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum SecurityEventType {
    /// The account was created.
    Registered,
    /// The user signed in.
    LoginSucceeded,
    /// A sign-in failed because of a wrong password.
    LoginFailed,
    /// Too many wrong passwords caused a lockout: of the client's device or network, or, if the account is under
    /// attack, of all unknown devices and networks.
    AccountLocked,
    /// The user signed out.
    LoggedOut,
    /// The user revoked other sessions.
    SessionRevoked,
    /// A replaced refresh token was used again. It may be stolen, so its session was revoked.
    RefreshTokenReused,
    /// The user changed the password.
    PasswordChanged,
    /// The email address changed.
    EmailChanged,
    /// The name, username, picture or language changed.
    ProfileUpdated,
    /// The user requested the deletion of the account.
    DeletionRequested,
    /// A password reset link was requested.
    PasswordResetRequested,
    /// A new password was set with a password reset link.
    PasswordReset,
    /// The email address was verified with an emailed link.
    EmailVerified,
    /// An email change was requested. It takes effect when the new address is verified.
    EmailChangeRequested,
    /// A pending email change was canceled.
    EmailChangeCancelled,
    /// The account was secured with the link of a security notice; every session was revoked.
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
    /// Every second factor was removed, by an administrator or because the user had lost them, and every session was revoked.
    SecondFactorsReset,
    /// A link was emailed that schedules the removal of every second factor.
    SecondFactorRemovalRequested,
    /// The removal of every second factor was scheduled.
    SecondFactorRemovalScheduled,
    /// The scheduled removal of every second factor was canceled.
    SecondFactorRemovalCancelled,
    /// An event recorded by a newer version of the service.
    Unknown,
}

impl SecurityEventType {
    fn of(kind: EventKind) -> Self {
        match kind {
            EventKind::Registered => Self::Registered,
            EventKind::LoginSucceeded => Self::LoginSucceeded,
            EventKind::LoginFailed => Self::LoginFailed,
            EventKind::AccountLocked => Self::AccountLocked,
            EventKind::LoggedOut => Self::LoggedOut,
            EventKind::SessionRevoked => Self::SessionRevoked,
            EventKind::RefreshTokenReused => Self::RefreshTokenReused,
            EventKind::PasswordChanged => Self::PasswordChanged,
            EventKind::EmailChanged => Self::EmailChanged,
            EventKind::ProfileUpdated => Self::ProfileUpdated,
            EventKind::DeletionRequested => Self::DeletionRequested,
            EventKind::PasswordResetRequested => Self::PasswordResetRequested,
            EventKind::PasswordReset => Self::PasswordReset,
            EventKind::EmailVerified => Self::EmailVerified,
            EventKind::EmailChangeRequested => Self::EmailChangeRequested,
            EventKind::EmailChangeCancelled => Self::EmailChangeCancelled,
            EventKind::AccountSecured => Self::AccountSecured,
            EventKind::DataExported => Self::DataExported,
            EventKind::DeletionCancelled => Self::DeletionCancelled,
            EventKind::Reauthenticated => Self::Reauthenticated,
            EventKind::TotpAdded => Self::TotpAdded,
            EventKind::TotpRemoved => Self::TotpRemoved,
            EventKind::PasskeyAdded => Self::PasskeyAdded,
            EventKind::PasskeyRemoved => Self::PasskeyRemoved,
            EventKind::RecoveryCodesGenerated => Self::RecoveryCodesGenerated,
            EventKind::RecoveryCodeUsed => Self::RecoveryCodeUsed,
            EventKind::SecondFactorFailed => Self::SecondFactorFailed,
            EventKind::SecondFactorLocked => Self::SecondFactorLocked,
            EventKind::SecondFactorsReset => Self::SecondFactorsReset,
            EventKind::SecondFactorRemovalRequested => Self::SecondFactorRemovalRequested,
            EventKind::SecondFactorRemovalScheduled => Self::SecondFactorRemovalScheduled,
            EventKind::SecondFactorRemovalCancelled => Self::SecondFactorRemovalCancelled,
        }
    }
}
