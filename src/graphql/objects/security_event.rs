use async_graphql::{Context, Enum, ID, Object, Result};

use super::Session;
use crate::errors::InternalError;
use crate::graphql::context::ContextExt;
use crate::graphql::scalars::DateTime;
use crate::security_events::{self, EventKind};
use crate::sessions::{Viewer, device_name};

/// One thing that happened to an account.
pub(in crate::graphql) struct SecurityEvent {
    event: security_events::SecurityEvent,
    viewer: Viewer,
}

impl SecurityEvent {
    /// As the viewer sees it.
    pub(in crate::graphql) fn new(event: security_events::SecurityEvent, viewer: Viewer) -> Self {
        Self { event, viewer }
    }
}

/// One thing that happened to an account.
#[Object]
impl SecurityEvent {
    /// Its identifier.
    async fn id(&self) -> ID {
        self.event.id.to_string().into()
    }

    /// What happened.
    #[graphql(name = "type")]
    async fn kind(&self) -> SecurityEventType {
        self.event
            .kind
            .map_or(SecurityEventType::Unknown, SecurityEventType::of)
    }

    /// When.
    async fn occurred_at(&self) -> DateTime {
        self.event.occurred_at.into()
    }

    /// The session it happened in, while that is kept.
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

    /// The address it came from.
    async fn ip_address(&self) -> Option<&str> {
        self.event.ip_address.as_deref()
    }

    /// The client it came from, in the client's words.
    async fn user_agent(&self) -> Option<&str> {
        self.event.user_agent.as_deref()
    }

    /// A person's words for that client, such as Firefox on Linux.
    async fn device_name(&self) -> String {
        device_name(self.event.user_agent.as_deref())
    }
}

/// What kind of thing happened to an account. More kinds may come.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum SecurityEventType {
    /// The account was made.
    Registered,
    /// Somebody signed in with the right password.
    LoginSucceeded,
    /// Somebody tried to sign in with a wrong password.
    LoginFailed,
    /// After too many wrong passwords, no password is checked for a while: from there, or, if the account is under
    /// attack, from devices and networks that it does not know.
    AccountLocked,
    /// Somebody signed out.
    LoggedOut,
    /// Other sessions were ended from this one.
    SessionRevoked,
    /// A refresh token was used again after it had been replaced, so somebody may have stolen it; its
    /// session was ended.
    RefreshTokenReused,
    /// The password was changed, after the current one was given.
    PasswordChanged,
    /// The e-mail address was changed.
    EmailChanged,
    /// Name, username, picture or language were changed.
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
    /// The deletion of the account was called off.
    DeletionCancelled,
    /// A kind of event that this version of the service does not know: a newer version recorded it.
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
        }
    }
}
