//! Checks of a document before execution, in addition to the framework's.

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
pub(super) use variables::check_variables;
