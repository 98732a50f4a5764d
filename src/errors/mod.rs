//! The error kinds of Gatehouse, one type each:
//!
//! - *User errors*: everything in the input that the user can correct. Each operation has an enum of its own
//!   (`RegisterError`, …), returned as data by [`UserResult`] and shown as `userErrors`.
//! - [`OperationError`]: the operation was not carried out for a reason other than the input (not authenticated,
//!   rate limited, overloaded, bad request, internal). Shown as a GraphQL error.
//! - [`InternalError`]: a defect or an outage. Logged once, at the edge, and never shown.
//!
//! An operation returns `Result<UserResult<Done, UserError>, OperationError>`: `?` propagates operation errors.
//!
//! [`StartError`] is why the service cannot start, for the operator.
//!
//! Errors of a single layer stay in it: `AuthenticationError` (`sessions`), `TokenError` and
//! `OneTimeTokenError` (`tokens`), `DocumentError` and `LimitExceeded` (`graphql`), `RequestError` (`http`),
//! `PasswordError` (`passwords`).

mod conflict;
mod operation_error;
mod outage;
mod reason;
mod start_error;

use conflict::MayConflict;
pub(crate) use conflict::retry_conflict;
pub(crate) use operation_error::{InternalError, OperationError, UserResult, caught, panic_text};
pub(crate) use outage::is_outage;
pub(crate) use reason::reason;
pub use start_error::StartError;
