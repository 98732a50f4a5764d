//! `requestEmailVerification`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{RequestEmailVerificationError, request_email_verification};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;

/// Input for `requestEmailVerification`.
#[derive(InputObject)]
pub(in crate::graphql) struct RequestEmailVerificationInput {
    /// The email address to verify. If omitted: the signed-in user's pending address, or the current one if none is
    /// pending. Required without a session.
    email: Option<String>,
}

/// Payload of `requestEmailVerification`. The same whether or not the address has an account, unless it is the
/// signed-in user's own.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RequestEmailVerificationPayload {
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<RequestEmailVerificationUserError>,
}

user_error! {
    /// An error of `requestEmailVerification`.
    RequestEmailVerificationUserError(RequestEmailVerificationErrorCode)
}

/// Error codes of `requestEmailVerification`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RequestEmailVerificationErrorCode {
    /// The text is not an email address.
    EmailInvalid,
    /// The address belongs to the signed-in user and is already verified.
    AlreadyVerified,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: RequestEmailVerificationInput,
) -> Result<RequestEmailVerificationPayload> {
    ctx.check_cookies()?;
    let viewer = ctx.viewer_if_any();
    let client = &ctx.request().client;
    let email = input.email.as_deref();
    let outcome = request_email_verification(ctx.app(), viewer.as_ref(), email, client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(()) => RequestEmailVerificationPayload {
            user_errors: Vec::new(),
        },
        Err(errors) => {
            RequestEmailVerificationPayload::refused(errors.into_iter().map(Into::into).collect())
        }
    })
}

impl RequestEmailVerificationPayload {
    fn refused(user_errors: Vec<RequestEmailVerificationUserError>) -> Self {
        Self { user_errors }
    }
}

impl From<RequestEmailVerificationError> for RequestEmailVerificationUserError {
    fn from(error: RequestEmailVerificationError) -> Self {
        use RequestEmailVerificationErrorCode as Code;
        match error {
            RequestEmailVerificationError::EmailInvalid => Self::new(
                Code::EmailInvalid,
                "Enter a valid email address, such as name@example.com.",
                "email",
            ),
            RequestEmailVerificationError::AlreadyVerified => Self::new(
                Code::AlreadyVerified,
                "This email address is already verified.",
                "email",
            ),
        }
    }
}
