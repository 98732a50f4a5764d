//! `requestPasswordReset`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{RequestPasswordResetError, request_password_reset};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;

/// Input for `requestPasswordReset`.
#[derive(InputObject)]
pub(in crate::graphql) struct RequestPasswordResetInput {
    /// The email address of the account.
    email: String,
}

/// Payload of `requestPasswordReset`. The same whether or not the address has an account.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RequestPasswordResetPayload {
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<RequestPasswordResetUserError>,
}

user_error! {
    /// An error of `requestPasswordReset`.
    RequestPasswordResetUserError(RequestPasswordResetErrorCode)
}

/// Error codes of `requestPasswordReset`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RequestPasswordResetErrorCode {
    /// The text is not an email address.
    EmailInvalid,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: RequestPasswordResetInput,
) -> Result<RequestPasswordResetPayload> {
    let outcome = request_password_reset(ctx.app(), &input.email, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    Ok(match outcome {
        Ok(()) => RequestPasswordResetPayload {
            user_errors: Vec::new(),
        },
        Err(errors) => {
            RequestPasswordResetPayload::refused(errors.into_iter().map(Into::into).collect())
        }
    })
}

impl RequestPasswordResetPayload {
    fn refused(user_errors: Vec<RequestPasswordResetUserError>) -> Self {
        Self { user_errors }
    }
}

impl From<RequestPasswordResetError> for RequestPasswordResetUserError {
    fn from(error: RequestPasswordResetError) -> Self {
        use RequestPasswordResetErrorCode as Code;
        match error {
            RequestPasswordResetError::EmailInvalid => Self::new(
                Code::EmailInvalid,
                "Enter a valid email address, such as name@example.com.",
                "email",
            ),
        }
    }
}
