use async_graphql::connection::{Connection, Edge};
use async_graphql::parser::types::OperationType;
use async_graphql::{Context, ID, Object, Result};
use tokio::sync::OnceCell;

use super::{AccountDeletionPreview, SecurityEvent, Session};
use crate::accounts;
use crate::errors::OperationError;
use crate::graphql::connections::{Cursor, PageArguments, page_arguments};
use crate::graphql::context::ContextExt;
use crate::graphql::scalars::{DateTime, EmailAddress, Url};
use crate::personal_data::{DeletionPreview, deletion_preview};
use crate::security_events::{self, list_security_events};
use crate::sessions::{self, Viewer, list_sessions};

/// A person with an account. Visible to that person alone.
pub(in crate::graphql) struct User {
    user: accounts::User,
    /// Who looks at it. Nobody, where somebody who is not signed in holds a link that was mailed to the user.
    viewer: Option<Viewer>,
}

impl User {
    /// The account that the viewer signed in to.
    pub(in crate::graphql) fn new(user: accounts::User, viewer: Viewer) -> Self {
        Self {
            user,
            viewer: Some(viewer),
        }
    }

    /// The account that a link was mailed to, for whoever followed it.
    pub(in crate::graphql) fn by_link(user: accounts::User, viewer: Option<Viewer>) -> Self {
        Self { user, viewer }
    }

    /// The owner, where it is the owner who looks: what is private is asked for with this alone. A link in a
    /// mail shows no history, whoever else is signed in.
    fn owner(&self, ctx: &Context<'_>) -> Result<Viewer> {
        self.viewer
            .filter(|viewer| viewer.user_id() == self.user.id)
            .ok_or_else(|| ctx.refuse(OperationError::Unauthenticated))
    }
}

/// A person with an account. Visible to that person alone.
#[Object]
impl User {
    /// Equal to the `sub` claim of the user's access tokens; never reused.
    async fn id(&self) -> ID {
        self.user.id.to_string().into()
    }

    /// The address the account is signed in to with, as it was typed.
    async fn email(&self) -> EmailAddress {
        self.user.email.as_str().into()
    }

    /// Whether somebody followed a link that was mailed to that address.
    async fn email_verified(&self) -> bool {
        self.user.email_verified
    }

    /// The address an e-mail change is waiting for, until it is verified.
    async fn pending_email(&self) -> Option<EmailAddress> {
        self.user.pending_email.as_deref().map(EmailAddress::from)
    }

    /// The name the account is signed in to with beside the address, as it was typed.
    async fn username(&self) -> Option<&str> {
        self.user.username.as_deref()
    }

    /// What to call the person.
    async fn name(&self) -> Option<&str> {
        self.user.name.as_deref()
    }

    /// Where a picture of the person is.
    async fn avatar_url(&self) -> Option<Url> {
        self.user.avatar_url.clone().map(Url::from)
    }

    /// BCP 47 language tag, such as en or pt-BR.
    async fn locale(&self) -> Option<&str> {
        self.user.locale.as_deref()
    }

    /// When the account was made.
    async fn created_at(&self) -> DateTime {
        self.user.created_at.into()
    }

    /// When the account was changed last.
    async fn updated_at(&self) -> DateTime {
        self.user.updated_at.into()
    }

    /// When somebody signed in last; null until the first login after registering.
    async fn last_login_at(&self) -> Option<DateTime> {
        self.user.last_login_at.map(DateTime::from)
    }

    /// When the password was set.
    async fn password_changed_at(&self) -> DateTime {
        self.user.password_changed_at.into()
    }

    /// Where the user is signed in: the sessions that stand, newest first. Visible to the user.
    #[graphql(complexity = "list_complexity(first, child_complexity)")]
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "The `endCursor` of the page before.")] after: Option<String>,
    ) -> Result<Connection<Cursor, Session>> {
        let viewer = self.owner(ctx)?;
        let PageArguments { first, after } = page_arguments(ctx, first, after.as_deref())?;
        let app = ctx.app();
        let position = after.map(|Cursor { at, id }| sessions::Position {
            created_at: at,
            id: crate::db::SessionId(id),
        });
        let page = list_sessions(
            app.db.read(),
            self.user.id,
            first,
            position,
            app.clock.now(),
        )
        .await
        .map_err(|error| ctx.refuse(error))?;
        let mut connection = Connection::new(after.is_some(), page.has_more);
        connection
            .edges
            .extend(page.sessions.into_iter().map(|session| {
                let cursor = Cursor {
                    at: session.created_at,
                    id: session.id.into(),
                };
                Edge::new(cursor, Session::new(session, &viewer))
            }));
        Ok(connection)
    }

    /// What happened to this account: sign-ins, failed attempts, changes. Newest first.
    #[graphql(complexity = "list_complexity(first, child_complexity)")]
    async fn security_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "The `endCursor` of the page before.")] after: Option<String>,
    ) -> Result<Connection<Cursor, SecurityEvent>> {
        let viewer = self.owner(ctx)?;
        let PageArguments { first, after } = page_arguments(ctx, first, after.as_deref())?;
        let position = after.map(|Cursor { at, id }| security_events::Position {
            occurred_at: at,
            id: crate::db::SecurityEventId(id),
        });
        let page = list_security_events(ctx.app().db.read(), self.user.id, first, position)
            .await
            .map_err(|error| ctx.refuse(error))?;
        let mut connection = Connection::new(after.is_some(), page.has_more);
        connection
            .edges
            .extend(page.events.into_iter().map(|event| {
                let cursor = Cursor {
                    at: event.occurred_at,
                    id: event.id.into(),
                };
                Edge::new(cursor, SecurityEvent::new(event, viewer))
            }));
        Ok(connection)
    }

    /// What `deleteAccount` would remove, keep and when; nothing is changed by reading it.
    #[graphql(complexity = "PREVIEW_COMPLEXITY + child_complexity")]
    async fn deletion_preview(&self, ctx: &Context<'_>) -> Result<AccountDeletionPreview> {
        let viewer = self.owner(ctx)?;
        let count = async || deletion_preview(ctx.app(), &viewer).await;
        // A mutation may change what was counted before it.
        let is_query = ctx.query_env.operation.node.ty == OperationType::Query;
        let preview = match ctx.data_opt::<PreviewOnce>().filter(|_| is_query) {
            Some(once) => once.0.get_or_try_init(count).await.cloned(),
            None => count().await,
        };
        let preview = preview.map_err(|error| ctx.refuse(error))?;
        Ok(AccountDeletionPreview::from(preview))
    }
}

/// What a preview costs beside its fields: it counts the rows of every category. Within the smallest budget that
/// can be set, 50, one is affordable.
const PREVIEW_COMPLEXITY: usize = 30;

/// The preview of a query's viewer, counted once however many fields ask for it.
#[derive(Default)]
pub(crate) struct PreviewOnce(OnceCell<DeletionPreview>);

/// What a page costs: its fields once for every ten records, so that a page of 100 with every field is
/// affordable and several of them are not.
fn list_complexity(first: Option<i32>, child_complexity: usize) -> usize {
    let records = usize::try_from(first.unwrap_or(20))
        .unwrap_or(0)
        .clamp(1, 100);
    child_complexity * records.div_ceil(10)
}
