//! Errors that keep the service from starting.

use std::fmt;

use super::{InternalError, OperationError};

/// Why the service cannot start, for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(String);

impl StartError {
    pub(crate) fn new(cause: impl fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

impl From<InternalError> for StartError {
    fn from(error: InternalError) -> Self {
        Self::new(error)
    }
}

impl From<OperationError> for StartError {
    fn from(refusal: OperationError) -> Self {
        match refusal {
            OperationError::Internal(error) => Self::new(error),
            other => Self(format!("{other:?}")),
        }
    }
}
