//! The response to a request that failed with an internal error before or outside GraphQL.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::errors::InternalError;
use crate::graphql::{INTERNAL_MESSAGE, UNAVAILABLE_FOR, UNAVAILABLE_MESSAGE, code};

/// Returns INTERNAL with only the request's id, as JSON, which every client of the API reads.
pub(super) fn internal_error(status: StatusCode, request_id: &str) -> Response {
    answer(
        status,
        &json!({
            "message": INTERNAL_MESSAGE,
            "extensions": { "code": code::INTERNAL, "requestId": request_id },
        }),
    )
}

/// Returns the code of an internal error: UNAVAILABLE during an outage of the database.
pub(super) fn error_code(error: &InternalError) -> &'static str {
    if error.is_outage() {
        code::UNAVAILABLE
    } else {
        code::INTERNAL
    }
}

/// Returns the response to a request that failed with `error` before execution: UNAVAILABLE during an outage of the
/// database.
pub(super) fn failed(error: &InternalError, request_id: &str) -> Response {
    if !error.is_outage() {
        tracing::error!(request_id, %error, "request failed");
        return internal_error(StatusCode::INTERNAL_SERVER_ERROR, request_id);
    }
    tracing::warn!(request_id, %error, "request failed: database unavailable");
    unavailable(request_id)
}

/// Returns UNAVAILABLE with when to retry.
pub(super) fn unavailable(request_id: &str) -> Response {
    let seconds = UNAVAILABLE_FOR.as_secs();
    let extensions =
        json!({ "code": code::UNAVAILABLE, "retryAfter": seconds, "requestId": request_id });
    let error = json!({ "message": UNAVAILABLE_MESSAGE, "extensions": extensions });
    let mut response = answer(StatusCode::SERVICE_UNAVAILABLE, &error);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn answer(status: StatusCode, error: &Value) -> Response {
    let mut response = Response::new(Body::from(json!({ "errors": [error] }).to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, json);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
