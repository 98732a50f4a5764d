//! The responses after a panic and after a timeout. The process goes on.

use std::any::Any;

use axum::http::StatusCode;
use axum::response::Response;

use crate::errors::panic_text;
use crate::http::internal_error::{internal_error, unavailable};

/// Returns the response in place of a handler that panicked.
pub(super) fn panicked(panic: &(dyn Any + Send), request_id: &str) -> Response {
    tracing::error!(
        panic = panic_text(panic),
        "request failed: handler panicked"
    );
    internal_error(StatusCode::INTERNAL_SERVER_ERROR, request_id)
}

/// Returns the response in place of a handler that was canceled. Uncommitted changes were rolled back.
pub(super) fn took_too_long(request_id: &str) -> Response {
    tracing::error!("request failed: timed out");
    unavailable(request_id)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::panicked;

    #[tokio::test]
    async fn a_panic_is_an_internal_error_with_the_name_of_the_request() {
        let response = panicked(&"a secret detail", "42");
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(response.into_body(), 1000)
            .await
            .unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["errors"][0]["extensions"]["code"], "INTERNAL");
        assert_eq!(body["errors"][0]["extensions"]["requestId"], "42");
        assert!(!body.to_string().contains("detail"));
    }
}
