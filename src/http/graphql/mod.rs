//! The GraphQL endpoint (GraphQL over HTTP): reads a request, executes it against the schema, writes the response.

mod handler;
mod in_progress;
mod negotiation;
mod request;
mod response;
mod strict_json;

pub(super) use handler::handle;
pub(super) use request::RequestError;
#[cfg(any(test, fuzzing))]
pub(super) use {
    negotiation::negotiate,
    request::{Parameters, read},
};
