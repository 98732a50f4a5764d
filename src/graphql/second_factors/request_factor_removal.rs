//! `requestFactorRemoval`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::accounts::{RequestFactorRemovalError, request_factor_removal};
use crate::graphql::accounts::sign_in_text::{
    CHALLENGE_INVALID, EMAIL_NOT_VERIFIED, deletion_pending,
};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;

/// Input for `requestFactorRemoval`.
#[derive(InputObject)]
pub(in crate::graphql) struct RequestFactorRemovalInput {
    /// The `token` of the challenge.
    challenge: String,
}

/// Payload of `requestFactorRemoval`.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RequestFactorRemovalPayload {
    /// Errors that the user can correct. Empty if the mutation succeeded.
    user_errors: Vec<RequestFactorRemovalUserError>,
}

user_error! {
    /// An error of `requestFactorRemoval`.
    RequestFactorRemovalUserError(RequestFactorRemovalErrorCode)
}

/// Error codes of `requestFactorRemoval`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum RequestFactorRemovalErrorCode {
    /// The challenge is invalid, has expired, was completed, is void, or its account has no second factor. Sign in again.
    ChallengeInvalid,
    /// Lost second factors are not removed by email (`AuthSettings.factorRemovalDelay` is null). An administrator can remove
    /// them.
    FactorRemovalDisabled,
    /// The password was set with an emailed link during the last 30 days. Access to the mailbox alone must not remove second
    /// factors. An administrator can remove them.
    PasswordResetRecently,
    /// The account's email address is not verified.
    EmailNotVerified,
    /// The account is scheduled for deletion.
    DeletionPending,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: RequestFactorRemovalInput,
) -> Result<RequestFactorRemovalPayload> {
    let client = &ctx.request().client;
    let outcome = request_factor_removal(ctx.app(), &input.challenge, client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    let errors = outcome.err().unwrap_or_default();
    Ok(RequestFactorRemovalPayload {
        user_errors: errors.into_iter().map(Into::into).collect(),
    })
}

impl From<RequestFactorRemovalError> for RequestFactorRemovalUserError {
    fn from(error: RequestFactorRemovalError) -> Self {
        use RequestFactorRemovalErrorCode as Code;
        match error {
            RequestFactorRemovalError::ChallengeInvalid => {
                Self::new(Code::ChallengeInvalid, CHALLENGE_INVALID, "challenge")
            }
            RequestFactorRemovalError::Disabled => Self::new(
                Code::FactorRemovalDisabled,
                "Second factors cannot be removed by email here. Contact an administrator.",
                "",
            ),
            RequestFactorRemovalError::PasswordResetRecently => Self::new(
                Code::PasswordResetRecently,
                "Second factors can be removed by email 30 days after a password was chosen with an emailed link. Try again \
                 then, or contact an administrator.",
                "",
            ),
            RequestFactorRemovalError::EmailNotVerified => {
                Self::new(Code::EmailNotVerified, EMAIL_NOT_VERIFIED, "")
            }
            RequestFactorRemovalError::DeletionPending(time) => {
                Self::new(Code::DeletionPending, deletion_pending(time), "")
            }
        }
    }
}
