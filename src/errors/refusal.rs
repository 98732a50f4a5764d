//! Refusals and internal errors.

use std::any::Any;
use std::error::Error;
use std::panic::{AssertUnwindSafe, Location};
use std::time::Duration;

use futures_util::FutureExt as _;
use sea_orm::DbErr;

use super::reason;

/// What an operation comes to: done, or everything in the input that the user has to put right.
pub(crate) type Outcome<T, P> = Result<T, Vec<P>>;

/// Why an operation was not carried out although nothing was wrong with what the user typed.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The request carries no credential, or one that does not count (any more).
    Unauthenticated,
    /// The request carries the cookies of a session, and does not come from a front end.
    CookiesIgnored,
    /// The client sent something no user typed and that cannot be right; the text says what is accepted.
    BadRequest(String),
    /// There is no capacity for this now; it is worth trying again after the given time.
    Overloaded {
        /// How long the client should wait.
        retry_after: Duration,
    },
    /// The same was asked for too often from one place; it is worth trying again after the given time.
    RateLimited {
        /// How long the client should wait.
        retry_after: Duration,
    },
    /// A fault of ours.
    Internal(InternalError),
}

/// A fault of ours, with where it was met. Logged once, at the edge; never shown to a client.
#[derive(Debug, thiserror::Error)]
#[error("{} (met at {}:{})", self.reason(), met_at.file(), met_at.line())]
pub(crate) struct InternalError {
    pub(super) source: Box<dyn Error + Send + Sync>,
    met_at: &'static Location<'static>,
}

impl InternalError {
    /// Wraps what went wrong, remembering the caller's place.
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

/// Does `work`; a panic in it is a fault like any other. For work of which the rest has to go on.
pub(crate) fn caught<T>(
    work: impl Future<Output = Result<T, InternalError>>,
) -> impl Future<Output = Result<T, InternalError>> {
    // Boxed at once: each future that it is handed on through would hold it a second time.
    let work = AssertUnwindSafe(Box::pin(work)).catch_unwind();
    async {
        work.await.unwrap_or_else(|panic| {
            let text = format!("panicked: {}", panic_text(&*panic));
            Err(InternalError::new(text))
        })
    }
}

/// What a panic says. For the log alone.
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

impl From<InternalError> for Refusal {
    fn from(error: InternalError) -> Self {
        Self::Internal(error)
    }
}

impl From<DbErr> for Refusal {
    #[track_caller]
    fn from(error: DbErr) -> Self {
        Self::Internal(InternalError::new(error))
    }
}
