//! `logout`

use async_graphql::{Context, Result, SimpleObject};

use crate::graphql::context::ContextExt;
use crate::sessions::logout;

/// That nobody is signed in with these credentials any more.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LogoutPayload {
    /// True, also when there was no session or it had ended before.
    logged_out: bool,
}

pub(in crate::graphql) async fn resolve(ctx: &Context<'_>) -> Result<LogoutPayload> {
    let request = ctx.request();
    logout(ctx.app(), &request.authentication, &request.client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    request.delivery.clear();
    Ok(LogoutPayload { logged_out: true })
}
