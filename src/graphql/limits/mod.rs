//! What is checked of a document before it runs, beyond what the framework checks.

mod document;
mod introspection;
#[cfg(any(test, fuzzing))]
pub(crate) mod invariants;
mod operation;
mod tokens;
mod uses;
mod variables;

pub(crate) use document::LimitExceeded;
pub(super) use document::{DocumentLimits, validate};
pub(super) use introspection::asks_about_schema;
pub(super) use operation::chosen_operation;
pub(super) use tokens::{Unparsable, check_tokens};
pub(super) use variables::CoerceVariables;
