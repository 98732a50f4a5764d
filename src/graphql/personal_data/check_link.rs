//! `checkLink`

use async_graphql::{Context, Enum, InputObject, Result, SimpleObject};

use crate::graphql::accounts::token_text::{TOKEN_EXPIRED, TOKEN_INVALID};
use crate::graphql::context::ContextExt;
use crate::graphql::errors::user_error;
use crate::personal_data::{LinkPurpose, check_link};
use crate::tokens::OneTimeTokenError;

/// The mutation that an emailed link is for.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum LinkKind {
    /// A link to `/verify-email`, for `verifyEmail`.
    VerifyEmail,
    /// A link to `/reset-password`, for `resetPassword`.
    ResetPassword,
    /// A link to `/cancel-deletion`, for `cancelAccountDeletion`.
    CancelAccountDeletion,
    /// A link to `/secure-account`, for `secureAccount`.
    SecureAccount,
    /// A link to `/remove-factors`, for `confirmFactorRemoval`.
    RemoveFactors,
}

/// Input for `checkLink`.
#[derive(InputObject)]
pub(in crate::graphql) struct CheckLinkInput {
    /// The mutation that the link is for.
    kind: LinkKind,
    /// The value of the link's `token` query parameter.
    token: String,
}

/// Payload of `checkLink`. If `userErrors` is empty, the link works at this moment; the mutation itself can still
/// reject it.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CheckLinkPayload {
    /// Why the link does not work. Empty if it works.
    user_errors: Vec<CheckLinkUserError>,
}

user_error! {
    /// An error of `checkLink`.
    CheckLinkUserError(CheckLinkErrorCode)
}

/// Error codes of `checkLink`.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum CheckLinkErrorCode {
    /// The link is invalid, of another kind, already used, or superseded by a newer one.
    TokenInvalid,
    /// The link has expired. For `CANCEL_ACCOUNT_DELETION`: the account has already been removed.
    TokenExpired,
}

pub(in crate::graphql) async fn resolve(
    ctx: &Context<'_>,
    input: CheckLinkInput,
) -> Result<CheckLinkPayload> {
    let link = (input.kind.purpose(), &*input.token);
    let outcome = check_link(ctx.app(), link, &ctx.request().client)
        .await
        .map_err(|error| ctx.refuse(error))?;
    let errors = outcome.err().unwrap_or_default();
    let user_errors = errors.into_iter().map(|error| of(input.kind, error));
    Ok(CheckLinkPayload {
        user_errors: user_errors.collect(),
    })
}

impl LinkKind {
    fn purpose(self) -> LinkPurpose {
        match self {
            Self::VerifyEmail => LinkPurpose::VerifyEmail,
            Self::ResetPassword => LinkPurpose::ResetPassword,
            Self::CancelAccountDeletion => LinkPurpose::CancelAccountDeletion,
            Self::SecureAccount => LinkPurpose::SecureAccount,
            Self::RemoveFactors => LinkPurpose::RemoveFactors,
        }
    }
}

fn of(kind: LinkKind, error: OneTimeTokenError) -> CheckLinkUserError {
    use CheckLinkErrorCode as Code;
    let (code, message) = match (error, kind) {
        (OneTimeTokenError::Invalid, _) => (Code::TokenInvalid, TOKEN_INVALID),
        (OneTimeTokenError::Expired, LinkKind::CancelAccountDeletion) => {
            (Code::TokenExpired, "The account has already been removed.")
        }
        (OneTimeTokenError::Expired, _) => (Code::TokenExpired, TOKEN_EXPIRED),
    };
    CheckLinkUserError::new(code, message, "token")
}
