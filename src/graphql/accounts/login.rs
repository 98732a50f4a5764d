//! `login`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};
use chrono::SecondsFormat;

use crate::accounts::{Login, LoginProblem, SignedIn, login};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::graphql::objects::{AuthTokens, Session, User};

/// What somebody types who wants in.
#[derive(InputObject)]
pub(in crate::graphql) struct LoginInput {
    /// E-mail address or username, in any case.
    identifier: String,
    /// The password, exactly.
    password: String,
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

user_error! {
    /// Why somebody was not let in.
    LoginUserError(LoginErrorCode)
}

/// Why somebody is not let in.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum LoginErrorCode {
    /// There is no such account, or that is not its password; which of the two is not told.
    InvalidCredentials,
    /// The credentials are right, and the link in the mail to the account's address was not followed yet.
    EmailNotVerified,
    /// The credentials are right, and the account is about to be removed.
    DeletionPending,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: LoginInput,
) -> Result<LoginPayload> {
    ctx.check_credential()?;
    let command = Login {
        identifier: input.identifier,
        password: input.password.into(),
    };
    let outcome = login(ctx.app(), command, &ctx.request().client)
        .await
        .map_err(|refusal| ctx.refuse(refusal))?;
    Ok(match outcome {
        Ok(signed_in) => signed_in.into(),
        Err(problems) => {
            LoginPayload::refused(problems.into_iter().map(LoginUserError::from).collect())
        }
    })
}

impl From<SignedIn> for LoginPayload {
    fn from(SignedIn { user, opened }: SignedIn) -> Self {
        let viewer = opened.viewer();
        Self {
            user: Some(User::new(user, viewer)),
            session: Some(Session::new(opened.session, &viewer)),
            tokens: Some(opened.tokens.into()),
            user_errors: Vec::new(),
        }
    }
}

impl LoginPayload {
    fn refused(user_errors: Vec<LoginUserError>) -> Self {
        Self {
            user: None,
            session: None,
            tokens: None,
            user_errors,
        }
    }
}

impl From<LoginProblem> for LoginUserError {
    fn from(problem: LoginProblem) -> Self {
        match problem {
            LoginProblem::InvalidCredentials => Self::new(
                LoginErrorCode::InvalidCredentials,
                "The e-mail address, username or password is not right.",
                "",
            ),
            LoginProblem::EmailNotVerified => Self::new(
                LoginErrorCode::EmailNotVerified,
                "Follow the link in the mail that was sent to your address first, or ask for another one.",
                "",
            ),
            LoginProblem::DeletionPending(time) => Self::new(
                LoginErrorCode::DeletionPending,
                format!(
                    "This account is being deleted, as its owner asked; it is removed at {}. The link in the mail \
                     about it keeps it.",
                    time.to_rfc3339_opts(SecondsFormat::Secs, true)
                ),
                "",
            ),
        }
    }
}
