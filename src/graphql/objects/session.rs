use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{ID, Object};

use crate::app::App;
use crate::db::SessionId;
use crate::errors::InternalError;
use crate::graphql::objects::AuthenticationMethod;
use crate::graphql::scalars::DateTime;
use crate::sessions::{self, Viewer, sessions_by_id};

/// A sign-in on one device.
pub(in crate::graphql) struct Session {
    session: sessions::Session,
    current: bool,
}

impl Session {
    /// The session as the viewer sees it.
    pub(in crate::graphql) fn new(session: sessions::Session, viewer: &Viewer) -> Self {
        Self {
            current: session.id == viewer.session_id(),
            session,
        }
    }
}

/// A sign-in on one device.
#[Object]
impl Session {
    /// The session's id, for `revokeSession`. Equal to the `sid` claim of its access tokens.
    async fn id(&self) -> ID {
        self.session.id.to_string().into()
    }

    /// Whether this is the current session.
    async fn current(&self) -> bool {
        self.current
    }

    /// When the session was created.
    async fn created_at(&self) -> DateTime {
        self.session.created_at.into()
    }

    /// When the user last proved a credential, such as the password, in this session. Refreshing does not change it.
    async fn authenticated_at(&self) -> DateTime {
        self.session.authenticated_at.into()
    }

    /// How the user proved their identity in this session, the first method first: the `amr` claim of its access tokens.
    async fn methods(&self) -> Vec<AuthenticationMethod> {
        let methods = self.session.methods();
        methods
            .into_iter()
            .map(AuthenticationMethod::from)
            .collect()
    }

    /// When the session was created or last refreshed. Its precision is the lifetime of an access token.
    async fn last_used_at(&self) -> DateTime {
        self.session.last_used_at.into()
    }

    /// When the session expires unless it is refreshed.
    async fn expires_at(&self) -> DateTime {
        self.session.expires_at.into()
    }

    /// When the session was revoked. Null while it is active, and if it expired.
    async fn ended_at(&self) -> Option<DateTime> {
        self.session.ended_at.map(DateTime::from)
    }

    /// The IP address from which the session was created. Null if unknown.
    async fn ip_address(&self) -> Option<&str> {
        self.session.ip_address.as_deref()
    }

    /// The `User-Agent` header of the client that created the session. Null if it sent none.
    async fn user_agent(&self) -> Option<&str> {
        self.session.user_agent.as_deref()
    }

    /// A readable name of the client, such as `Firefox on Linux`.
    async fn device_name(&self) -> String {
        self.session.device_name()
    }
}

/// Loads the sessions that a list refers to in one statement.
pub(crate) struct SessionLoader {
    app: Arc<App>,
}

/// Creates the loader of one request.
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
        sessions_by_id(&self.app, ids)
            .await
            .map_err(|error| Arc::new(error.into()))
    }
}
