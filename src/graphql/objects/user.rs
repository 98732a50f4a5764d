use async_graphql::connection::Connection;
use async_graphql::parser::types::OperationType;
use async_graphql::{Context, ID, Object, Result};
use tokio::sync::OnceCell;

use super::{AccountDeletionPreview, FactorsOnce, SecondFactors, SecurityEvent, Session};
use crate::accounts::{self, list_factors, list_history};
use crate::errors::OperationError;
use crate::graphql::connections::{Cursor, page_arguments};
use crate::graphql::context::ContextExt;
use crate::graphql::scalars::{DateTime, EmailAddress, Url};
use crate::personal_data::{DeletionPreview, deletion_preview};
use crate::sessions::{Viewer, list_sessions};

/// A person with an account. Visible to that person only.
pub(in crate::graphql) struct User {
    user: accounts::User,
    /// The viewer. `None` if a user without a session presented an emailed link.
    viewer: Option<Viewer>,
}

impl User {
    /// Creates the viewer's own account.
    pub(in crate::graphql) fn new(user: accounts::User, viewer: Viewer) -> Self {
        Self {
            user,
            viewer: Some(viewer),
        }
    }

    /// Creates the account to which a link was mailed, for the client that presented the link.
    pub(in crate::graphql) fn by_link(user: accounts::User, viewer: Option<Viewer>) -> Self {
        Self { user, viewer }
    }

    /// Returns the viewer if the account is the viewer's own. Private fields require it. An emailed link gives no
    /// access to them, also if another user is signed in.
    fn owner(&self, ctx: &Context<'_>) -> Result<Viewer> {
        self.viewer
            .filter(|viewer| viewer.user_id() == self.user.id)
            .ok_or_else(|| ctx.refuse(OperationError::Unauthenticated))
    }
}

/// A person with an account. Visible to that person only.
#[Object]
impl User {
    /// The user's id. Equal to the `sub` claim of the user's access tokens; never reused.
    async fn id(&self) -> ID {
        self.user.id.to_string().into()
    }

    /// The email address, as the user typed it. It can be used to sign in.
    async fn email(&self) -> EmailAddress {
        self.user.email.as_str().into()
    }

    /// Whether the user has verified `email` by following a link sent to it.
    async fn email_verified(&self) -> bool {
        self.user.email_verified
    }

    /// The new address of an email change until it is verified. Null if no change is pending.
    async fn pending_email(&self) -> Option<EmailAddress> {
        self.user.pending_email.as_deref().map(EmailAddress::from)
    }

    /// The username, as the user typed it. It can be used to sign in. Null if the user has none.
    async fn username(&self) -> Option<&str> {
        self.user.username.as_deref()
    }

    /// The display name. Null if the user has none.
    async fn name(&self) -> Option<&str> {
        self.user.name.as_deref()
    }

    /// The URL of the user's picture. Null if the user has none.
    async fn avatar_url(&self) -> Option<Url> {
        self.user.avatar_url.clone().map(Url::from)
    }

    /// The user's language, a BCP 47 tag such as `en` or `pt-BR`. Null if unknown.
    async fn locale(&self) -> Option<&str> {
        self.user.locale.as_deref()
    }

    /// When the account was created.
    async fn created_at(&self) -> DateTime {
        self.user.created_at.into()
    }

    /// When the profile, the email address or the password last changed.
    async fn updated_at(&self) -> DateTime {
        self.user.updated_at.into()
    }

    /// When the user last signed in with `login`. Null before the first time.
    async fn last_login_at(&self) -> Option<DateTime> {
        self.user.last_login_at.map(DateTime::from)
    }

    /// When the password was last set.
    async fn password_changed_at(&self) -> DateTime {
        self.user.password_changed_at.into()
    }

    /// The active sessions, newest first.
    #[graphql(complexity = "list_complexity(first, child_complexity)")]
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page size, from 1 to 100.", default_with = "Some(20)")] first: Option<
            i32,
        >,
        #[graphql(desc = "The `endCursor` of the previous page.")] after: Option<String>,
    ) -> Result<Connection<Cursor, Session>> {
        let viewer = self.owner(ctx)?;
        let arguments = page_arguments(ctx, first, after.as_deref())?;
        let (first, after) = arguments.place();
        let page = list_sessions(ctx.app(), &viewer, first, after)
            .await
            .map_err(|error| ctx.refuse(error))?;
        Ok(arguments.connection(
            page,
            |session| (session.created_at, session.id.into()),
            |session| Session::new(session, &viewer),
        ))
    }

    /// The security events of the account, such as sign-ins, failed attempts and changes, newest first.
    #[graphql(complexity = "list_complexity(first, child_complexity)")]
    async fn security_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page size, from 1 to 100.", default_with = "Some(20)")] first: Option<
            i32,
        >,
        #[graphql(desc = "The `endCursor` of the previous page.")] after: Option<String>,
    ) -> Result<Connection<Cursor, SecurityEvent>> {
        let viewer = self.owner(ctx)?;
        let arguments = page_arguments(ctx, first, after.as_deref())?;
        let (first, after) = arguments.place();
        // The answer of a mutation has the event of the mutation.
        let page = list_history(ctx.app(), &viewer, first, after, is_query(ctx))
            .await
            .map_err(|error| ctx.refuse(error))?;
        Ok(arguments.connection(
            page,
            |event| (event.occurred_at, event.id.into()),
            |event| SecurityEvent::new(event, viewer),
        ))
    }

    /// The second factors. Reading them changes nothing.
    async fn second_factors(&self, ctx: &Context<'_>) -> Result<SecondFactors> {
        let viewer = self.owner(ctx)?;
        let list = async || list_factors(ctx.app(), &viewer).await;
        // A mutation may have changed them.
        let factors = match ctx.data_opt::<FactorsOnce>().filter(|_| is_query(ctx)) {
            Some(once) => once.0.get_or_try_init(list).await.cloned(),
            None => list().await,
        };
        Ok(factors.map_err(|error| ctx.refuse(error))?.into())
    }

    /// What `deleteAccount` would remove and keep, and when. Reading it changes nothing.
    #[graphql(complexity = "PREVIEW_COMPLEXITY + child_complexity")]
    async fn deletion_preview(&self, ctx: &Context<'_>) -> Result<AccountDeletionPreview> {
        let viewer = self.owner(ctx)?;
        let count = async || deletion_preview(ctx.app(), &viewer).await;
        // A mutation may have changed the counts.
        let preview = match ctx.data_opt::<PreviewOnce>().filter(|_| is_query(ctx)) {
            Some(once) => once.0.get_or_try_init(count).await.cloned(),
            None => count().await,
        };
        let preview = preview.map_err(|error| ctx.refuse(error))?;
        Ok(AccountDeletionPreview::from(preview))
    }
}

fn is_query(ctx: &Context<'_>) -> bool {
    ctx.query_env.operation.node.ty == OperationType::Query
}

/// The complexity of a preview beside its fields: it counts the rows of every category. One preview is affordable
/// within the smallest budget that can be set, 50.
const PREVIEW_COMPLEXITY: usize = 30;

/// The preview of a query's viewer, computed once for any number of fields.
#[derive(Default)]
pub(crate) struct PreviewOnce(OnceCell<DeletionPreview>);

/// The complexity of a page: its fields once for every ten records. One page of 100 with every field is affordable,
/// several are not.
fn list_complexity(first: Option<i32>, child_complexity: usize) -> usize {
    let records = usize::try_from(first.unwrap_or(20))
        .unwrap_or(0)
        .clamp(1, 100);
    child_complexity * records.div_ceil(10)
}
