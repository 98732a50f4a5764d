//! What can be read. A table of contents: each field calls its operation.

use async_graphql::{Context, Object, Result};

use super::context::ContextExt;
use super::objects::{AccountDeletion, AuthSettings, User};
use crate::accounts::find_user;
use crate::personal_data::find_deletion;
use crate::sessions::Authentication;

/// What can be read.
pub(crate) struct Query;

/// What can be read.
#[Object]
impl Query {
    /// The signed-in user; null when the request carries no credentials. An expired, ended or malformed
    /// credential is an UNAUTHENTICATED error, so that a client can tell when to refresh.
    async fn me(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        viewer_account(ctx).await.transpose()
    }

    /// What the sign-in and registration forms need to know before anyone signs in.
    async fn auth_settings(&self, ctx: &Context<'_>) -> AuthSettings {
        AuthSettings::from(&**ctx.app())
    }

    /// The state of an account deletion, for whoever holds its receipt; null for anything else. Holds no
    /// personal data.
    async fn account_deletion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What `deleteAccount` handed out.")] receipt: String,
    ) -> Option<Result<AccountDeletion>> {
        deletion(ctx, &receipt).await.transpose()
    }
}

// A fault in a field that may be null leaves the rest of the answer alone (GraphQL October 2021, section
// 6.4.4). The framework does so for `Option<Result<_>>` and not for `Result<Option<_>>`.

async fn viewer_account(ctx: &Context<'_>) -> Result<Option<User>> {
    if matches!(ctx.request().authentication, Authentication::Anonymous) {
        return Ok(None);
    }
    let viewer = ctx.viewer()?;
    let user = find_user(ctx.app().db.read(), viewer.user_id())
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(user.map(|user| User::new(user, viewer)))
}

async fn deletion(ctx: &Context<'_>, receipt: &str) -> Result<Option<AccountDeletion>> {
    let found = find_deletion(ctx.app(), receipt)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(found.map(AccountDeletion::from))
}
