//! `login`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{Completed, Login, LoginError, PendingSignIn, SignedIn, login};
use crate::graphql::TokenDelivery;
use crate::graphql::accounts::sign_in_text::{EMAIL_NOT_VERIFIED, deletion_pending};
use crate::graphql::context::ContextExt;
use crate::graphql::objects::{AuthTokens, LoginChallenge, Session, User};
use crate::graphql::scalars::DateTime;
use crate::sessions::current_session;

/// Input for `login`.
#[derive(InputObject)]
pub(in crate::graphql) struct LoginInput {
    /// The account's email address or username. Case is ignored.
    identifier: String,
    /// The password, exactly as typed.
    password: String,
    /// The `deviceToken` of the most recent sign-in on this device, if any. A known device can still sign in while the
    /// account is locked for unknown ones. Omit it in cookie mode.
    device_token: Option<String>,
}

/// Payload of `login`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LoginPayload {
    /// The user who signed in. Null if `userErrors` is not empty.
    user: Option<User>,
    /// The new session. Null if `userErrors` is not empty.
    session: Option<Session>,
    /// The tokens of the new session. Null in cookie mode or if `userErrors` is not empty.
    tokens: Option<AuthTokens>,
    /// The second step, with `SECOND_FACTOR_REQUIRED`. Null otherwise.
    challenge: Option<LoginChallenge>,
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<LoginUserError>,
}

/// An error of `login`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LoginUserError {
    /// Identifies the error. Handle errors by this value, not by `message`.
    pub(in crate::graphql) code: LoginErrorCode,
    /// An English sentence for the user. Translate by `code`.
    pub(in crate::graphql) message: String,
    /// The path of the input field that is invalid, such as `["newPassword"]`. Null if the error concerns no single
    /// field.
    pub(in crate::graphql) field: Option<Vec<String>>,
    /// When sign-ins are possible again. Set with `ACCOUNT_LOCKED`, null with every other code.
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

/// Error codes of `login`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum LoginErrorCode {
    /// No account matches the identifier, or the password is wrong. The response does not reveal which.
    InvalidCredentials,
    /// Too many wrong passwords were submitted. Gatehouse checks no further password from this device or network until
    /// `retryAt`. A password reset (`requestPasswordReset`) ends the lockout at once. The code is also returned for
    /// identifiers without an account.
    AccountLocked,
    /// The password is correct. Continue with `challenge`.
    SecondFactorRequired,
    /// The password is correct, but the account's email address is not verified yet. Ask the user to follow the link in
    /// the email, or send a new one with `requestEmailVerification`.
    EmailNotVerified,
    /// The password is correct, but the account is scheduled for deletion. Refer the user to the link in the deletion
    /// email, which cancels it.
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
        Ok(Completed::SignedIn(signed_in)) => {
            LoginPayload::signed_in(*signed_in, &ctx.request().delivery)
        }
        Ok(Completed::Challenged(pending)) => LoginPayload::challenged(*pending),
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
            challenge: None,
            user_errors: Vec::new(),
        }
    }

    fn challenged(pending: PendingSignIn) -> Self {
        let message = if pending.must_enroll {
            "Set up a second factor to sign in."
        } else if pending.methods.is_empty() {
            "Your second factor cannot be used here any more. Ask the support of this service to reset it."
        } else {
            "Prove your second factor to sign in."
        };
        let error = LoginUserError::new(LoginErrorCode::SecondFactorRequired, message);
        Self {
            challenge: Some(pending.into()),
            ..Self::refused(vec![error])
        }
    }

    fn refused(user_errors: Vec<LoginUserError>) -> Self {
        Self {
            user: None,
            session: None,
            tokens: None,
            challenge: None,
            user_errors,
        }
    }
}

impl From<LoginError> for LoginUserError {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::InvalidCredentials => Self::new(
                LoginErrorCode::InvalidCredentials,
                "The email address, username or password is incorrect. Check them and try again.",
            ),
            LoginError::AccountLocked(until) => Self {
                retry_at: Some(until.into()),
                ..Self::new(
                    LoginErrorCode::AccountLocked,
                    "Too many wrong passwords were entered. Try again later, or reset your password.",
                )
            },
            LoginError::EmailNotVerified => {
                Self::new(LoginErrorCode::EmailNotVerified, EMAIL_NOT_VERIFIED)
            }
            LoginError::DeletionPending(time) => {
                Self::new(LoginErrorCode::DeletionPending, deletion_pending(time))
            }
        }
    }
}
