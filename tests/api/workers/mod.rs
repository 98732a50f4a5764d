//! What happens without a request.

mod plans;
mod removal;
mod sweep;
