//! What happens without a request.

mod removal;
mod sweep;
