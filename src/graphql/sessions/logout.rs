//! `logout`

use async_graphql::{Context, InputObject, Result, SimpleObject};

use crate::graphql::context::ContextExt;
use crate::sessions::{RefreshCredentials, logout};

/// Input for `logout`.
#[derive(InputObject)]
pub(in crate::graphql) struct LogoutInput {
    /// A refresh token whose session is revoked as well, for clients whose access token is lost or expired. Omit it in
    /// cookie mode.
    refresh_token: Option<String>,
}

/// Payload of `logout`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LogoutPayload {
    /// Always true, also if no session was active.
    logged_out: bool,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: Option<LogoutInput>,
) -> Result<LogoutPayload> {
    let request = ctx.request();
    let input = input.and_then(|input| input.refresh_token);
    if input.is_none() {
        ctx.check_cookies()?;
    }
    // Clear the cookies whatever follows: the user wants to be signed out in this browser.
    request.delivery.clear();
    let refresh_tokens = RefreshCredentials {
        cookie: request.delivery.refresh_token(),
        input: input.as_deref(),
    };
    logout(
        ctx.app(),
        &request.authentication,
        refresh_tokens,
        &request.client,
    )
    .await
    .map_err(|error| ctx.refuse(error))?;
    Ok(LogoutPayload { logged_out: true })
}
