//! `refreshSession`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{self, find_user};
use crate::graphql::TokenDelivery;
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Session, User};
use crate::sessions::{
    Authentication, OpenedSession, RefreshSessionError, ended_recently, refresh_session,
};

/// What a client sends whose access token has run out, or is about to.
#[derive(InputObject)]
pub(in crate::graphql) struct RefreshSessionInput {
    /// The newest refresh token of the session. Left out when it travels as a cookie.
    refresh_token: Option<String>,
}

/// The session with a new pair of tokens, or why it does not go on.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RefreshSessionPayload {
    /// Whose session it is.
    user: Option<User>,
    /// The session.
    session: Option<Session>,
    /// Its new credentials, in place of the ones sent.
    tokens: Option<AuthTokens>,
    /// Why there are none.
    user_errors: Vec<RefreshSessionUserError>,
}

user_error! {
    /// Why a session does not go on.
    RefreshSessionUserError(RefreshSessionErrorCode)
}

/// Why a session does not go on. Whichever it is: sign in again.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RefreshSessionErrorCode {
    /// It is no refresh token of this service, or its session is long gone.
    TokenInvalid,
    /// The session was not used for too long, or has lasted as long as it may.
    TokenExpired,
    /// The session was ended: by its owner, or because this token had been used before.
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
            let user = find_user(ctx.app().db.read(), opened.session.user_id)
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

/// Whether a rejected refresh clears the client's cookies: only if they are those of the rejected session, and
/// no cookies of a newer session can be on their way to the browser. A response that arrives late overwrites
/// whatever the browser holds by then.
async fn clears_cookies(ctx: &Context<'_>, came_as_cookie: bool) -> Result<bool> {
    let request = ctx.request();
    if !came_as_cookie || matches!(request.authentication, Authentication::Viewer(_)) {
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
                "Your session has run out. Sign in again.",
            ),
            RefreshSessionError::Revoked => (
                RefreshSessionErrorCode::SessionRevoked,
                "Your session was ended. Sign in again.",
            ),
        };
        Self::new(code, message, "refreshToken")
    }
}
