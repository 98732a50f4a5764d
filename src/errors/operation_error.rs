//! Operation errors and internal errors.

use std::any::Any;
use std::error::Error;
use std::panic::{AssertUnwindSafe, Location};
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt as _;
use sea_orm::DbErr;

use super::reason;

/// The result of an operation: done, or every user error in its input.
pub(crate) type UserResult<T, E> = Result<T, Vec<E>>;

/// Why an operation was not carried out, other than by an error in the user's input.
#[derive(Debug)]
pub(crate) enum OperationError {
    /// The request carries no valid credential.
    Unauthenticated,
    /// The request carries session cookies but does not come from an allowed front end.
    CookiesIgnored,
    /// The operation demands that the user proves a credential again.
    StepUpRequired {
        /// How old the latest proof may be.
        max_age: TimeDelta,
        /// What the user can prove, preferred first, by the names of the API.
        methods: Vec<&'static str>,
    },
    /// The client sent an invalid value that no user typed. The text says what is accepted.
    BadRequest(String),
    /// The instance has no capacity at the moment.
    Overloaded {
        /// How long the client should wait before it retries.
        retry_after: Duration,
    },
    /// A rate limit was exceeded.
    RateLimited {
        /// How long the client should wait before it retries.
        retry_after: Duration,
    },
    /// An internal error.
    Internal(InternalError),
}

/// A defect or an outage, with the place in the code that met it. Logged once, at the edge; never shown to a client.
#[derive(Debug, thiserror::Error)]
#[error("{} (met at {}:{})", self.reason(), met_at.file(), met_at.line())]
pub(crate) struct InternalError {
    pub(super) source: Box<dyn Error + Send + Sync>,
    met_at: &'static Location<'static>,
}

impl InternalError {
    /// Wraps `source` and records the caller's location.
    #[track_caller]
    pub(crate) fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: source.into(),
            met_at: Location::caller(),
        }
    }

    fn reason(&self) -> String {
        let of_database = self.source.downcast_ref();
        of_database.map_or_else(|| self.source.to_string(), reason)
    }
}

/// Runs `work` and returns a panic in it as an internal error, so that the work beside it continues.
pub(crate) fn caught<T>(
    work: impl Future<Output = Result<T, InternalError>>,
) -> impl Future<Output = Result<T, InternalError>> {
    // Boxed at once, because every enclosing future would hold it a second time.
    let work = AssertUnwindSafe(Box::pin(work)).catch_unwind();
    async {
        work.await.unwrap_or_else(|panic| {
            let text = format!("panicked: {}", panic_text(&*panic));
            Err(InternalError::new(text))
        })
    }
}

/// Returns the message of a panic, for the log.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
}

impl From<DbErr> for InternalError {
    #[track_caller]
    fn from(error: DbErr) -> Self {
        Self::new(error)
    }
}

impl From<InternalError> for OperationError {
    fn from(error: InternalError) -> Self {
        Self::Internal(error)
    }
}

impl From<DbErr> for OperationError {
    #[track_caller]
    fn from(error: DbErr) -> Self {
        Self::Internal(InternalError::new(error))
    }
}
