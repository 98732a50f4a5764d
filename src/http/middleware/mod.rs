//! The middleware of every request, one layer each file.

mod catch_panic;
mod cors;
mod request_span;

pub(super) use cors::cors;
pub(super) use request_span::{RequestId, request_span};
