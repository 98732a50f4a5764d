//! `requestEmailVerification`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{RequestEmailVerificationError, request_email_verification};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;

/// Whose verification link is asked for.
#[derive(InputObject)]
pub(in crate::graphql) struct RequestEmailVerificationInput {
    /// The signed-in user's own (or pending) address when left out.
    email: Option<String>,
}

/// Says the same whether or not the address has an account; of the signed-in user's own it says more.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RequestEmailVerificationPayload {
    /// What the user has to correct.
    user_errors: Vec<RequestEmailVerificationUserError>,
}

user_error! {
    /// What is wrong with a request for a verification link.
    RequestEmailVerificationUserError(RequestEmailVerificationErrorCode)
}

/// What is wrong with a request for a verification link.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RequestEmailVerificationErrorCode {
    /// It is not an e-mail address.
    EmailInvalid,
    /// It is the signed-in user's own address, and verified.
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
                "This is not an e-mail address.",
                "email",
            ),
            RequestEmailVerificationError::AlreadyVerified => Self::new(
                Code::AlreadyVerified,
                "This address is verified already.",
                "email",
            ),
        }
    }
}
