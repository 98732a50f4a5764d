//! Background work: when it runs. What it does is part of the features.

mod bound;
mod clock;
mod due;
mod keys;
mod measure;
mod run;
mod sweep;

pub(crate) use due::run_due_work;
pub(crate) use run::run_workers;
