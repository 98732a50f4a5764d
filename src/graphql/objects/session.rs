use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{ID, Object};

use crate::app::App;
use crate::db::SessionId;
use crate::errors::InternalError;
use crate::graphql::scalars::DateTime;
use crate::sessions::{self, Viewer, sessions_by_id};

/// One place where the user is, or was, signed in.
pub(in crate::graphql) struct Session {
    session: sessions::Session,
    current: bool,
}

impl Session {
    /// As the viewer sees it.
    pub(in crate::graphql) fn new(session: sessions::Session, viewer: &Viewer) -> Self {
        Self {
            current: session.id == viewer.session_id(),
            session,
        }
    }
}

/// One place where the user is, or was, signed in.
#[Object]
impl Session {
    /// For `revokeSession`; the `sid` claim of the session's access tokens.
    async fn id(&self) -> ID {
        self.session.id.to_string().into()
    }

    /// Whether it is the one that asks.
    async fn current(&self) -> bool {
        self.current
    }

    /// When the user signed in.
    async fn created_at(&self) -> DateTime {
        self.session.created_at.into()
    }

    /// When the user last proved who they are in this session, by a password for example. Refreshing keeps it.
    async fn authenticated_at(&self) -> DateTime {
        self.session.authenticated_at.into()
    }

    /// When its tokens were issued last: as exact as the lifetime of an access token.
    async fn last_used_at(&self) -> DateTime {
        self.session.last_used_at.into()
    }

    /// When it ends unless it is used before.
    async fn expires_at(&self) -> DateTime {
        self.session.expires_at.into()
    }

    /// When it was ended before its time; null while it stands.
    async fn ended_at(&self) -> Option<DateTime> {
        self.session.ended_at.map(DateTime::from)
    }

    /// The address it was started from.
    async fn ip_address(&self) -> Option<&str> {
        self.session.ip_address.as_deref()
    }

    /// The client it was started with, in the client's words.
    async fn user_agent(&self) -> Option<&str> {
        self.session.user_agent.as_deref()
    }

    /// A person's words for the client, such as Firefox on Linux.
    async fn device_name(&self) -> String {
        self.session.device_name()
    }
}

/// Loads the sessions that a list refers to in one statement.
pub(crate) struct SessionLoader {
    app: Arc<App>,
}

/// A loader for one request.
pub(crate) fn session_loader(app: Arc<App>) -> DataLoader<SessionLoader> {
    DataLoader::new(SessionLoader { app }, tokio::spawn)
}

impl Loader<SessionId> for SessionLoader {
    type Value = sessions::Session;
    type Error = Arc<InternalError>;

    async fn load(
        &self,
        ids: &[SessionId],
    ) -> Result<HashMap<SessionId, sessions::Session>, Self::Error> {
        sessions_by_id(self.app.db.read(), ids)
            .await
            .map_err(|error| Arc::new(error.into()))
    }
}
