//! What is checked of a document before it runs, beyond what the framework checks.

mod operation;
mod variables;

pub(crate) use operation::chosen_operation;
pub(super) use variables::CoerceVariables;
