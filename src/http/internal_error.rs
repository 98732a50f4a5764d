//! The answer to a request that failed through a fault of ours before or beside GraphQL.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use crate::graphql::{INTERNAL_MESSAGE, code};

/// INTERNAL with the request's id, and nothing else; in JSON, which every client of the API reads.
pub(super) fn internal_error(status: StatusCode, request_id: &str) -> Response {
    let error = json!({
        "message": INTERNAL_MESSAGE,
        "extensions": { "code": code::INTERNAL, "requestId": request_id },
    });
    let mut response = Response::new(Body::from(json!({ "errors": [error] }).to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, json);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
