//! What happens without a request.

mod bound;
mod plans;
mod removal;
mod sweep;
