//! Measures an operation from the whole request to the response, however it ends.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::{Response, ServerError};

use crate::graphql::code;
use crate::metrics::{Metrics, OperationMetrics, Outcome};

/// An operation in progress. Counted when it ends, or when it is dropped: the client has disconnected, or the time limit
/// is reached.
pub(super) struct InProgress {
    metrics: Arc<OperationMetrics>,
    /// All metrics, if it is a sign-in.
    of_sign_in: Option<Arc<Metrics>>,
    started_at: Instant,
    time_limit: Duration,
    outcome: Option<Outcome>,
}

impl InProgress {
    /// An operation of a request that began at `started_at`, and is ended after `time_limit`.
    pub(super) fn new(
        metrics: Arc<OperationMetrics>,
        started_at: Instant,
        time_limit: Duration,
    ) -> Self {
        Self {
            metrics,
            of_sign_in: None,
            started_at,
            time_limit,
            outcome: None,
        }
    }

    /// Also counts it among the sign-ins, under whatever name it runs.
    pub(super) fn count_as_sign_in(&mut self, metrics: Arc<Metrics>) {
        self.of_sign_in = Some(metrics);
    }

    /// Counts an operation that ended with `outcome`.
    pub(super) fn end(mut self, outcome: Outcome) {
        self.outcome = Some(outcome);
    }
}

impl Drop for InProgress {
    fn drop(&mut self) {
        let elapsed = self.started_at.elapsed();
        // The limit began a moment earlier.
        let is_over = elapsed >= self.time_limit.mul_f32(0.95);
        let outcome = match self.outcome {
            Some(outcome) => outcome,
            None if is_over || std::thread::panicking() => Outcome::Failed,
            None => Outcome::Canceled,
        };
        let seconds = elapsed.as_secs_f64();
        self.metrics.observe(outcome, seconds);
        let accounts = self.of_sign_in.as_ref().map(|metrics| &metrics.accounts);
        match (accounts, outcome) {
            (Some(accounts), Outcome::Completed) => accounts.login_seconds.observe(seconds),
            (Some(accounts), Outcome::Failed) => accounts.logins.increment("failed"),
            _ => {}
        }
    }
}

/// Returns the outcome of an operation that was responded to.
pub(super) fn outcome_of(response: &Response) -> Outcome {
    if response.errors.iter().any(is_of_service) {
        Outcome::Failed
    } else if response.errors.is_empty() {
        Outcome::Completed
    } else {
        Outcome::Rejected
    }
}

fn is_of_service(error: &ServerError) -> bool {
    let extensions = error.extensions.as_ref();
    let of_service = [code::INTERNAL, code::UNAVAILABLE, code::OVERLOADED];
    let code = extensions.and_then(|it| it.get("code"));
    code.is_some_and(|code| of_service.into_iter().any(|it| *code == it.into()))
}
