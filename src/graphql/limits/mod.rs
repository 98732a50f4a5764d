//! What is checked of a document before it runs, beyond what the framework checks.

mod variables;

pub(super) use variables::CoerceVariables;
