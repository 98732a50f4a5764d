//! The queries: each field calls its operation.

use async_graphql::{Context, Object, Result};

use super::context::ContextExt;
use super::objects::{AccountDeletion, AuthSettings, User};
use crate::accounts::signed_in_user;
use crate::personal_data::find_deletion;
use crate::sessions::Authentication;

/// The operations that read data.
pub(crate) struct Query;

/// The operations that read data.
#[Object]
impl Query {
    /// The signed-in user. Null if the request carries no credential. An expired, revoked or malformed credential is an
    /// `UNAUTHENTICATED` error, so that a client knows when to refresh.
    async fn me(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        viewer_account(ctx).transpose()
    }

    /// Public settings for sign-in and registration forms.
    async fn auth_settings(&self, ctx: &Context<'_>) -> AuthSettings {
        AuthSettings::from(&**ctx.app())
    }

    /// The status of an account deletion. Null if the receipt is unknown. Contains no personal data and needs no
    /// session.
    async fn account_deletion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `receipt` that `deleteAccount` returned.")] receipt: String,
    ) -> Option<Result<AccountDeletion>> {
        deletion(ctx, &receipt).await.transpose()
    }
}

// An error in a nullable field leaves the rest of the response intact (GraphQL October 2021, section 6.4.4). The
// framework does so for `Option<Result<_>>` and not for `Result<Option<_>>`.

fn viewer_account(ctx: &Context<'_>) -> Result<Option<User>> {
    if matches!(ctx.request().authentication, Authentication::Anonymous) {
        return Ok(None);
    }
    let (viewer, found) = ctx.signed_in()?;
    Ok(Some(User::new(signed_in_user(found), viewer)))
}

async fn deletion(ctx: &Context<'_>, receipt: &str) -> Result<Option<AccountDeletion>> {
    let found = find_deletion(ctx.app(), receipt)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(found.map(AccountDeletion::from))
}
