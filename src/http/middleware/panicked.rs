//! A panic in a handler is an answer like any other fault of ours; the process lives.

use std::any::Any;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use crate::graphql::code;

/// The answer in place of the one that was lost. The request's id is in its headers.
pub(in crate::http) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(panic = text, "request failed: a handler panicked");
    let error = json!({
        "message": "Something went wrong on our side.",
        "extensions": { "code": code::INTERNAL },
    });
    let mut response = Response::new(Body::from(json!({ "errors": [error] }).to_string()));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
