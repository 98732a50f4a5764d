//! `refreshSession`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{self, get_user};
use crate::graphql::TokenDelivery;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Session, User};
use crate::sessions::{
    Authentication, OpenedSession, RefreshSessionError, ended_recently, refresh_session,
};

/// Input for `refreshSession`.
#[derive(InputObject)]
pub(in crate::graphql) struct RefreshSessionInput {
    /// The session's newest refresh token. Omit it in cookie mode.
    refresh_token: Option<String>,
}

/// Payload of `refreshSession`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RefreshSessionPayload {
    /// The user of the session. Null if `userErrors` is not empty.
    user: Option<User>,
    /// The refreshed session. Null if `userErrors` is not empty.
    session: Option<Session>,
    /// The new tokens, which replace those of the request. Null in cookie mode or if `userErrors` is not empty.
    tokens: Option<AuthTokens>,
    /// Why the session was not refreshed. Empty if the mutation succeeded.
    user_errors: Vec<RefreshSessionUserError>,
}

user_error! {
    /// An error of `refreshSession`.
    RefreshSessionUserError(RefreshSessionErrorCode)
}

/// Error codes of `refreshSession`. Each of them means that the user must sign in again.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RefreshSessionErrorCode {
    /// The refresh token is not valid, or its session no longer exists.
    TokenInvalid,
    /// The session has expired: it was idle for too long or reached its maximum lifetime.
    TokenExpired,
    /// The session was revoked: by the user, by a change of the password, or because this refresh token had been used
    /// before.
    SessionRevoked,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: RefreshSessionInput,
) -> Result<RefreshSessionPayload> {
    if input.refresh_token.is_none() {
        ctx.check_cookies()?;
    }
    let delivery = &ctx.request().delivery;
    let refresh_token = input.refresh_token.as_deref();
    let refresh_token = refresh_token.or(delivery.refresh_token());
    let outcome = refresh_session(ctx.app(), refresh_token, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(opened) => {
            let user = get_user(ctx.app(), opened.session.user_id)
                .await
                .map_err(|error| ctx.refuse(error))?;
            RefreshSessionPayload::refreshed(user, opened, delivery)
        }
        Err(errors) => {
            if clears_cookies(ctx, input.refresh_token.is_none()).await? {
                delivery.clear();
            }
            RefreshSessionPayload::refused(errors.into_iter().map(Into::into).collect())
        }
    })
}

/// Returns whether a rejected refresh clears the client's cookies. It does only if they are those of the rejected
/// session and no cookies of a newer session can be on their way to the browser. A late response overwrites the cookies
/// that the browser has received in the meantime.
async fn clears_cookies(ctx: &Context<'_>, came_as_cookie: bool) -> Result<bool> {
    let request = ctx.request();
    if !came_as_cookie || matches!(request.authentication, Authentication::Viewer(..)) {
        return Ok(false);
    }
    let Some(refresh_token) = request.delivery.refresh_token() else {
        return Ok(true);
    };
    let is_recent = ended_recently(ctx.app(), refresh_token).await;
    Ok(!is_recent.map_err(|error| ctx.refuse(error))?)
}

impl RefreshSessionPayload {
    fn refreshed(
        user: Option<accounts::User>,
        opened: OpenedSession,
        delivery: &TokenDelivery,
    ) -> Self {
        let viewer = opened.viewer();
        Self {
            user: user.map(|user| User::new(user, viewer)),
            session: Some(Session::new(opened.session, &viewer)),
            tokens: delivery.deliver(opened.tokens),
            user_errors: Vec::new(),
        }
    }

    fn refused(user_errors: Vec<RefreshSessionUserError>) -> Self {
        Self {
            user: None,
            session: None,
            tokens: None,
            user_errors,
        }
    }
}

impl From<RefreshSessionError> for RefreshSessionUserError {
    fn from(error: RefreshSessionError) -> Self {
        let (code, message) = match error {
            RefreshSessionError::Invalid => (
                RefreshSessionErrorCode::TokenInvalid,
                "You are not signed in. Sign in again.",
            ),
            RefreshSessionError::Expired => (
                RefreshSessionErrorCode::TokenExpired,
                "Your session has expired. Sign in again.",
            ),
            RefreshSessionError::Revoked => (
                RefreshSessionErrorCode::SessionRevoked,
                "Your session was revoked. Sign in again.",
            ),
        };
        Self::new(code, message, "refreshToken")
    }
}
