//! The metrics served at `/metrics`, in the text format of `OpenMetrics`, one file for each area.
//!
//! Every label has a known set of values, and every counter starts at zero: an alert on an increase sees the first one.

mod accounts;
mod all;
mod counts;
mod database;
mod deletions;
mod emails;
mod factors;
mod limits;
mod operations;
mod passwords;
mod register;
mod requests;
mod sessions;
mod workers;

pub(crate) use all::Metrics;
pub(crate) use database::{Connections, StatementMetrics};
pub(crate) use operations::{OperationMetrics, Outcome};
