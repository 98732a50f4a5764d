//! `requestPasswordReset`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{RequestPasswordResetError, request_password_reset};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;

/// What somebody types who forgot the password.
#[derive(InputObject)]
pub(in crate::graphql) struct RequestPasswordResetInput {
    /// The address of the account.
    email: String,
}

/// Says the same whether or not the address has an account.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RequestPasswordResetPayload {
    /// What the user has to correct.
    user_errors: Vec<RequestPasswordResetUserError>,
}

user_error! {
    /// What is wrong with a request for a new password.
    RequestPasswordResetUserError(RequestPasswordResetErrorCode)
}

/// What is wrong with a request for a new password.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RequestPasswordResetErrorCode {
    /// It is not an e-mail address.
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
                "This is not an e-mail address.",
                "email",
            ),
        }
    }
}
