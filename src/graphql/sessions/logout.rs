//! `logout`

use async_graphql::{Context, InputObject, Result, SimpleObject};

use crate::graphql::context::ContextExt;
use crate::sessions::{RefreshCredentials, logout};

/// Input for `logout`.
#[derive(InputObject)]
pub(in crate::graphql) struct LogoutInput {
    /// A refresh token whose session ends as well, for clients whose access token may be gone or rejected. Omit it if the
    /// tokens are in cookies.
    refresh_token: Option<String>,
}

/// That nobody is signed in with these credentials any more.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LogoutPayload {
    /// True, also when there was no session or it had ended before.
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
    // Whatever happens next: the user wants to be signed out in this browser.
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
