//! Traces of requests and emails, exported by OTLP (OpenTelemetry, W3C Trace Context).
//!
//! Not exported unless an endpoint is set; then each of these functions reads one static variable. Spans have no personal
//! data, no secrets and no text of clients: names are those of the code, the schema and the statements.

mod export;
mod in_span;
mod request;
mod span;

pub(crate) use export::start;
pub(crate) use in_span::{carried, in_email_span, in_span};
pub(crate) use request::RequestTrace;
pub(crate) use span::{Parent, annotate, measure, record_statement};
