//! How errors reach a client: the codes of GraphQL errors, and the shape of user errors.

use std::time::Duration;

use async_graphql::{Error, ErrorExtensions, Interface, Name, Value};
use chrono::TimeDelta;

use super::accounts::{
    CancelEmailChangeUserError, ChangePasswordUserError, LoginUserError, ReauthenticateUserError,
    RegisterUserError, RequestEmailVerificationUserError, RequestPasswordResetUserError,
    ResetPasswordUserError, UpdateProfileUserError, VerifyEmailUserError,
};
use super::personal_data::{
    CancelAccountDeletionUserError, CheckLinkUserError, DeleteAccountUserError,
    ExportDataUserError, SecureAccountUserError,
};
use super::request_context::RequestContext;
use super::second_factors::{
    AddPasskeyUserError, CancelFactorRemovalUserError, CompleteLoginUserError,
    ConfirmFactorRemovalUserError, ConfirmTotpUserError, EnrollTotpUserError,
    LoginWithPasskeyUserError, RegenerateRecoveryCodesUserError, RemoveFactorUserError,
    RequestFactorRemovalUserError, StartPasskeyUserError,
};
use super::sessions::{RefreshSessionUserError, RevokeSessionUserError};
use crate::errors::OperationError;

/// The values of `extensions.code`.
pub(crate) mod code {
    /// The request has no credential, or one that is invalid, expired or revoked.
    pub(crate) const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
    /// The session cookies were ignored, because the request does not come from an allowed origin.
    pub(crate) const COOKIES_IGNORED: &str = "COOKIES_IGNORED";
    /// The operation demands that the user proves a credential again, with `reauthenticate`. `extensions.maxAge` holds the
    /// seconds for which a proof is recent, `extensions.methods` what the user can prove, preferred first.
    pub(crate) const STEP_UP_REQUIRED: &str = "STEP_UP_REQUIRED";
    /// The request is malformed. The message states what is accepted.
    pub(crate) const BAD_REQUEST: &str = "BAD_REQUEST";
    /// The document exceeds a limit on size or complexity.
    pub(crate) const QUERY_TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";
    /// No document is stored under the hash. Send its text along (Apollo's automatic persisted queries).
    pub(crate) const PERSISTED_QUERY_NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
    /// The rate limit is exceeded. `extensions.retryAfter` holds the seconds to wait.
    pub(crate) const RATE_LIMITED: &str = "RATE_LIMITED";
    /// The service has no capacity at the moment. `extensions.retryAfter` holds the seconds to wait.
    pub(crate) const OVERLOADED: &str = "OVERLOADED";
    /// The service or one of its dependencies is unavailable. `extensions.retryAfter` holds the seconds to wait.
    pub(crate) const UNAVAILABLE: &str = "UNAVAILABLE";
    /// An internal error. `extensions.requestId` finds it in the log.
    pub(crate) const INTERNAL: &str = "INTERNAL";
}

/// The message of INTERNAL, beside which a client receives only the request id.
pub(crate) const INTERNAL_MESSAGE: &str = "An internal error occurred. Try again later.";

/// The message of UNAVAILABLE.
pub(crate) const UNAVAILABLE_MESSAGE: &str = "The service is unavailable. Try again shortly.";

/// The `retryAfter` of UNAVAILABLE.
pub(crate) const UNAVAILABLE_FOR: Duration = Duration::from_secs(1);

/// Returns the code for `error`.
pub(super) fn code_of(error: &OperationError) -> &'static str {
    match error {
        OperationError::Unauthenticated => code::UNAUTHENTICATED,
        OperationError::CookiesIgnored => code::COOKIES_IGNORED,
        OperationError::StepUpRequired { .. } => code::STEP_UP_REQUIRED,
        OperationError::BadRequest(_) => code::BAD_REQUEST,
        OperationError::Overloaded { .. } => code::OVERLOADED,
        OperationError::RateLimited { .. } => code::RATE_LIMITED,
        OperationError::Internal(error) if error.is_outage() => code::UNAVAILABLE,
        OperationError::Internal(_) => code::INTERNAL,
    }
}

/// Returns the error for `error`. Logs the kinds that nothing before has logged: rejected requests, a lack of capacity,
/// and internal errors, of which the client receives only the request id.
pub(super) fn refused(error: OperationError, request: &RequestContext) -> Error {
    let request_id = request.request_id.as_str();
    match error {
        OperationError::Unauthenticated => coded(
            "Authentication is required: the request carries no valid access token. Sign in first.",
            code::UNAUTHENTICATED,
        ),
        OperationError::CookiesIgnored => coded(
            "The session cookies were ignored, because the request's origin is not allowed. Send it from an allowed origin, or send the access token in `Authorization`.",
            code::COOKIES_IGNORED,
        ),
        OperationError::StepUpRequired { max_age, methods } => step_up_required(max_age, &methods),
        OperationError::BadRequest(message) => {
            let network = request.client.network();
            tracing::info!(
                reason = "bad_request",
                network,
                "request rejected: bad request"
            );
            coded(&message, code::BAD_REQUEST)
        }
        OperationError::Overloaded { retry_after } => {
            let network = request.client.network();
            tracing::info!(
                reason = "overloaded",
                network,
                "request rejected: no capacity"
            );
            let message = "The server is busy. Try again shortly.";
            later(message, code::OVERLOADED, retry_after)
        }
        OperationError::RateLimited { retry_after } => later(
            "Too many attempts. Try again later.",
            code::RATE_LIMITED,
            retry_after,
        ),
        OperationError::Internal(error) if error.is_outage() => {
            tracing::warn!(request_id, %error, "request failed: database unavailable");
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

fn step_up_required(max_age: TimeDelta, methods: &[&'static str]) -> Error {
    let message = "Confirm that it is you: prove one of `extensions.methods` with `reauthenticate`, then try again.";
    let methods: Vec<Value> = methods
        .iter()
        .map(|it| Value::Enum(Name::new(it)))
        .collect();
    coded(message, code::STEP_UP_REQUIRED).extend_with(|_, extensions| {
        extensions.set("maxAge", max_age.num_seconds());
        extensions.set("methods", Value::List(methods.clone()));
    })
}

/// Rounds up to whole seconds, so that a client that waits that long is not rejected again.
fn later(message: &str, code: &'static str, retry_after: Duration) -> Error {
    let seconds = retry_after.as_millis().div_ceil(1000).max(1);
    let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
    coded(message, code).extend_with(|_, extensions| extensions.set("retryAfter", seconds))
}

fn coded(message: &str, code: &'static str) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// An error that the user can correct. Each implementing type adds `code`, an enum of its mutation.
#[derive(Interface)]
#[graphql(
    field(
        name = "message",
        ty = "&String",
        desc = "An English sentence for the user. Translate by `code`."
    ),
    field(
        name = "field",
        ty = "&Option<Vec<String>>",
        desc = "The path of the input field that is invalid, such as `[\"newPassword\"]`. Null if the error concerns no single field."
    )
)]
pub(super) enum UserError {
    Register(RegisterUserError),
    Login(LoginUserError),
    CompleteLogin(CompleteLoginUserError),
    LoginWithPasskey(LoginWithPasskeyUserError),
    StartPasskey(StartPasskeyUserError),
    Reauthenticate(ReauthenticateUserError),
    EnrollTotp(EnrollTotpUserError),
    ConfirmTotp(ConfirmTotpUserError),
    AddPasskey(AddPasskeyUserError),
    RemoveFactor(RemoveFactorUserError),
    RegenerateRecoveryCodes(RegenerateRecoveryCodesUserError),
    RequestFactorRemoval(RequestFactorRemovalUserError),
    ConfirmFactorRemoval(ConfirmFactorRemovalUserError),
    CancelFactorRemoval(CancelFactorRemovalUserError),
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

/// Defines the user error type of one mutation, with an enum of the mutation's own codes.
macro_rules! user_error {
    ($(#[$doc:meta])* $name:ident($code:ty)) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub(in crate::graphql) struct $name {
            /// Identifies the error. Handle errors by this value, not by `message`.
            pub(in crate::graphql) code: $code,
            /// An English sentence for the user. Translate by `code`.
            pub(in crate::graphql) message: String,
            /// The path of the input field that is invalid, such as `["newPassword"]`. Null if the error concerns no
            /// single field.
            pub(in crate::graphql) field: Option<Vec<String>>,
        }

        impl $name {
            /// Creates an error about the input field `field`, or about no single field if `field` is empty.
            pub(in crate::graphql) fn new(code: $code, message: impl Into<String>, field: &str) -> Self {
                let field = (!field.is_empty()).then(|| vec![field.to_owned()]);
                Self { code, message: message.into(), field }
            }
        }
    };
}
pub(super) use user_error;
