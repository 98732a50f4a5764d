//! The work that nobody asks for: when to run it. What it does stands with the features.

mod bound;
mod due;
mod keys;
mod run;
mod sweep;

pub(crate) use due::run_due_work;
pub(crate) use run::run_workers;
