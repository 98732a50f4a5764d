//! `login`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};
use chrono::SecondsFormat;

use crate::accounts::{Login, LoginError, SignedIn, login};
use crate::graphql::TokenDelivery;
use crate::graphql::context::ContextExt;
use crate::graphql::objects::{AuthTokens, Session, User};
use crate::graphql::scalars::DateTime;
use crate::sessions::current_session;

/// What somebody types who wants in.
#[derive(InputObject)]
pub(in crate::graphql) struct LoginInput {
    /// E-mail address or username, in any case.
    identifier: String,
    /// The password, exactly.
    password: String,
    /// The `deviceToken` of the latest sign-in on this device, if there was one. A device that the account knows
    /// can sign in while the account is locked for others. Omit it in cookie mode.
    device_token: Option<String>,
}

/// The session that was started, or why none was.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LoginPayload {
    /// Who signed in.
    user: Option<User>,
    /// The session that was started.
    session: Option<Session>,
    /// The credentials of that session.
    tokens: Option<AuthTokens>,
    /// What the user has to correct.
    user_errors: Vec<LoginUserError>,
}

/// Why somebody was not let in.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LoginUserError {
    /// What is wrong; switch over it.
    pub(in crate::graphql) code: LoginErrorCode,
    /// A sentence for the user, in English; translate by code.
    pub(in crate::graphql) message: String,
    /// The path of the input field it is about; null when it is about no one field.
    pub(in crate::graphql) field: Option<Vec<String>>,
    /// When `ACCOUNT_LOCKED` ends; null for other codes.
    retry_at: Option<DateTime>,
}

impl LoginUserError {
    fn new(code: LoginErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: None,
            retry_at: None,
        }
    }
}

/// Why somebody is not let in.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum LoginErrorCode {
    /// There is no such account, or that is not its password; which of the two is not told.
    InvalidCredentials,
    /// Too many wrong passwords were tried, from here or from everywhere. No password from here is checked until
    /// `retryAt`. Choosing a new password by `requestPasswordReset` ends the wait at once. Says nothing about
    /// whether there is such an account.
    AccountLocked,
    /// The credentials are right, and the link in the mail to the account's address was not followed yet.
    EmailNotVerified,
    /// The credentials are right, and the account is about to be removed.
    DeletionPending,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: LoginInput,
) -> Result<LoginPayload> {
    let request = ctx.request();
    let replaces = current_session(
        ctx.app(),
        &request.authentication,
        request.delivery.refresh_token(),
    )
    .await
    .map_err(|error| ctx.refuse(error))?;
    let command = Login {
        identifier: input.identifier,
        password: input.password.into(),
        replaces,
    };
    let device_token = input.device_token.map(Into::into);
    let client = ctx.request().client.with_device(device_token);
    let outcome = login(ctx.app(), command, &client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(signed_in) => LoginPayload::signed_in(signed_in, &ctx.request().delivery),
        Err(errors) => {
            LoginPayload::refused(errors.into_iter().map(LoginUserError::from).collect())
        }
    })
}

impl LoginPayload {
    fn signed_in(SignedIn { user, opened }: SignedIn, delivery: &TokenDelivery) -> Self {
        let viewer = opened.viewer();
        Self {
            user: Some(User::new(user, viewer)),
            session: Some(Session::new(opened.session, &viewer)),
            tokens: delivery.deliver(opened.tokens),
            user_errors: Vec::new(),
        }
    }

    fn refused(user_errors: Vec<LoginUserError>) -> Self {
        Self {
            user: None,
            session: None,
            tokens: None,
            user_errors,
        }
    }
}

impl From<LoginError> for LoginUserError {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::InvalidCredentials => Self::new(
                LoginErrorCode::InvalidCredentials,
                "The e-mail address, username or password is not right.",
            ),
            LoginError::AccountLocked(until) => Self {
                retry_at: Some(until.into()),
                ..Self::new(
                    LoginErrorCode::AccountLocked,
                    "Too many wrong passwords were tried. Wait a while, or choose a new password by a password reset.",
                )
            },
            LoginError::EmailNotVerified => Self::new(
                LoginErrorCode::EmailNotVerified,
                "Follow the link in the mail that was sent to your address first, or ask for another one.",
            ),
            LoginError::DeletionPending(time) => Self::new(
                LoginErrorCode::DeletionPending,
                format!(
                    "This account is being deleted, as its owner asked; it is removed at {}. The link in the mail \
                     about it keeps it.",
                    time.to_rfc3339_opts(SecondsFormat::Secs, true)
                ),
            ),
        }
    }
}
