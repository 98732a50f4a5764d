//! How failures reach a client: the codes of GraphQL errors, and the shape of user errors.

use std::time::Duration;

use async_graphql::{Error, ErrorExtensions, Interface};

use super::accounts::{
    CancelEmailChangeUserError, ChangePasswordUserError, LoginUserError, RegisterUserError,
    RequestEmailVerificationUserError, RequestPasswordResetUserError, ResetPasswordUserError,
    UpdateProfileUserError, VerifyEmailUserError,
};
use super::context::RequestContext;
use super::personal_data::{
    CancelAccountDeletionUserError, CheckLinkUserError, DeleteAccountUserError,
    ExportDataUserError, SecureAccountUserError,
};
use super::sessions::{RefreshSessionUserError, RevokeSessionUserError};
use crate::errors::OperationError;

/// The values of `extensions.code`.
pub(crate) mod code {
    /// No credential, or one that does not count (any more).
    pub(crate) const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
    /// The cookies of the session were ignored: the request does not come from a front end of this service.
    pub(crate) const COOKIES_IGNORED: &str = "COOKIES_IGNORED";
    /// The request cannot be right; the message says what is accepted.
    pub(crate) const BAD_REQUEST: &str = "BAD_REQUEST";
    /// The document asks for more than one request may.
    pub(crate) const QUERY_TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";
    /// No document is kept under the hash; send its text along (Apollo's automatic persisted queries).
    pub(crate) const PERSISTED_QUERY_NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
    /// The same was asked for too often; `extensions.retryAfter` says in how many seconds to try again.
    pub(crate) const RATE_LIMITED: &str = "RATE_LIMITED";
    /// No capacity now; `extensions.retryAfter` says in how many seconds to try again.
    pub(crate) const OVERLOADED: &str = "OVERLOADED";
    /// The service, or what it depends on, is away; `extensions.retryAfter` says in how many seconds to try again.
    pub(crate) const UNAVAILABLE: &str = "UNAVAILABLE";
    /// A fault of the service; `extensions.requestId` finds it in the log.
    pub(crate) const INTERNAL: &str = "INTERNAL";
}

/// All that a client is told of a fault of ours, beside the request's id.
pub(crate) const INTERNAL_MESSAGE: &str = "Something went wrong on our side.";

/// The message of UNAVAILABLE.
pub(crate) const UNAVAILABLE_MESSAGE: &str =
    "The service is not available at the moment. Try again shortly.";

/// `retryAfter` of UNAVAILABLE.
pub(crate) const UNAVAILABLE_FOR: Duration = Duration::from_secs(1);

/// The code that a client is told of `error`.
pub(super) fn code_of(error: &OperationError) -> &'static str {
    match error {
        OperationError::Unauthenticated => code::UNAUTHENTICATED,
        OperationError::CookiesIgnored => code::COOKIES_IGNORED,
        OperationError::BadRequest(_) => code::BAD_REQUEST,
        OperationError::Overloaded { .. } => code::OVERLOADED,
        OperationError::RateLimited { .. } => code::RATE_LIMITED,
        OperationError::Internal(error) if error.is_outage() => code::UNAVAILABLE,
        OperationError::Internal(_) => code::INTERNAL,
    }
}

/// The error that tells a client of `error`. What nobody further in knows enough to log is logged here, once:
/// a lack of capacity, what no front end sends, and a fault of ours, which is shown as nothing but the request's id.
pub(super) fn refused(error: OperationError, request: &RequestContext) -> Error {
    let request_id = request.request_id.as_str();
    match error {
        OperationError::Unauthenticated => coded(
            "Sign in first: the request carries no valid access token.",
            code::UNAUTHENTICATED,
        ),
        OperationError::CookiesIgnored => coded(
            "The cookies were ignored, because the request names no front end of this service as its origin. Send it \
             from a page of one, or send the access token in `Authorization`.",
            code::COOKIES_IGNORED,
        ),
        OperationError::BadRequest(message) => {
            let network = request.client.network();
            tracing::info!(reason = "bad_request", network, "refused: not acceptable");
            coded(&message, code::BAD_REQUEST)
        }
        OperationError::Overloaded { retry_after } => {
            let network = request.client.network();
            tracing::info!(reason = "overloaded", network, "refused: no capacity");
            let message = "The server is busy. Try again shortly.";
            later(message, code::OVERLOADED, retry_after)
        }
        OperationError::RateLimited { retry_after } => later(
            "This was tried too often. Wait a while before you try again.",
            code::RATE_LIMITED,
            retry_after,
        ),
        OperationError::Internal(error) if error.is_outage() => {
            tracing::warn!(request_id, %error, "request failed: database is away");
            later(UNAVAILABLE_MESSAGE, code::UNAVAILABLE, UNAVAILABLE_FOR)
                .extend_with(|_, extensions| extensions.set("requestId", request_id))
        }
        OperationError::Internal(error) => {
            tracing::error!(request_id, %error, "request failed");
            coded(INTERNAL_MESSAGE, code::INTERNAL)
                .extend_with(|_, extensions| extensions.set("requestId", request_id))
        }
    }
}

/// Whole seconds, rounded up: who waits that long is let in.
fn later(message: &str, code: &'static str, retry_after: Duration) -> Error {
    let seconds = retry_after.as_millis().div_ceil(1000).max(1);
    let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
    coded(message, code).extend_with(|_, extensions| extensions.set("retryAfter", seconds))
}

fn coded(message: &str, code: &'static str) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// Something the user can correct. Every implementor adds `code`, an enum of its mutation's own.
#[derive(Interface)]
#[graphql(
    field(
        name = "message",
        ty = "&String",
        desc = "A sentence for the user, in English; translate by code."
    ),
    field(
        name = "field",
        ty = "&Option<Vec<String>>",
        desc = "The path of the input field it is about, such as [\"newPassword\"]; null when it is about no one field."
    )
)]
pub(super) enum UserError {
    Register(RegisterUserError),
    Login(LoginUserError),
    RefreshSession(RefreshSessionUserError),
    RevokeSession(RevokeSessionUserError),
    ChangePassword(ChangePasswordUserError),
    RequestPasswordReset(RequestPasswordResetUserError),
    ResetPassword(ResetPasswordUserError),
    UpdateProfile(UpdateProfileUserError),
    RequestEmailVerification(RequestEmailVerificationUserError),
    VerifyEmail(VerifyEmailUserError),
    CancelEmailChange(CancelEmailChangeUserError),
    ExportData(ExportDataUserError),
    DeleteAccount(DeleteAccountUserError),
    CancelAccountDeletion(CancelAccountDeletionUserError),
    SecureAccount(SecureAccountUserError),
    CheckLink(CheckLinkUserError),
}

/// Defines the user error of one mutation: the contract's shape around an enum of its own codes.
macro_rules! user_error {
    ($(#[$doc:meta])* $name:ident($code:ty)) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub(in crate::graphql) struct $name {
            /// What is wrong; switch over it.
            pub(in crate::graphql) code: $code,
            /// A sentence for the user, in English; translate by code.
            pub(in crate::graphql) message: String,
            /// The path of the input field it is about; null when it is about no one field.
            pub(in crate::graphql) field: Option<Vec<String>>,
        }

        impl $name {
            /// About the input field `field`; about none in particular when that is empty.
            fn new(code: $code, message: impl Into<String>, field: &str) -> Self {
                let field = (!field.is_empty()).then(|| vec![field.to_owned()]);
                Self { code, message: message.into(), field }
            }
        }
    };
}
pub(super) use user_error;
