//! What every request passes through, one layer a file.

mod cors;
mod lost;
mod request_span;

pub(super) use cors::cors;
pub(super) use request_span::{RequestId, request_span};
