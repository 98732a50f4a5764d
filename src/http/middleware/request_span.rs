//! Assigns an id to each request and logs one line for each response.

use std::sync::Arc;

use std::panic::AssertUnwindSafe;
use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Version, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt as _;
use tokio::time::timeout;
use tracing::Instrument as _;

use super::catch_panic::{panicked, took_too_long};
use crate::graphql::code;
use crate::http::router::HttpState;
use crate::traces::RequestTrace;

/// The id of a request, in all of its log lines and in the response's `X-Request-Id`.
#[derive(Clone, Debug)]
pub(in crate::http) struct RequestId(pub(in crate::http) String);

/// Opens the span in which a request is handled. Logs neither queries nor headers, because they contain secrets.
pub(in crate::http) async fn request_span(
    State(state): State<Arc<HttpState>>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = state
        .app
        .identifiers
        .next(state.app.clock.now())
        .to_string();
    let trace = RequestTrace::begin(request.headers(), request.method(), request.uri());
    let span = tracing::info_span!("request", id, trace = trace.id(), method = %request.method(),
        path = request.uri().path());
    request.extensions_mut().insert(RequestId(id.clone()));
    let version = request.version();
    async move {
        let started_at = Instant::now();
        let limit = state.app.config.limits.request_timeout;
        let handled = AssertUnwindSafe(next.run(request)).catch_unwind();
        let handled = timeout(limit, trace.run(handled)).await;
        let rejected = &state.app.metrics.requests.operations_rejected;
        match &handled {
            Ok(Ok(_)) => {}
            Ok(Err(_)) => rejected.increment(code::INTERNAL),
            Err(_) => rejected.increment(code::UNAVAILABLE),
        }
        let mut response = match handled {
            Ok(Ok(response)) => response,
            Ok(Err(panic)) => panicked(&*panic, &id),
            Err(_) => took_too_long(&id),
        };
        let elapsed = started_at.elapsed().as_millis();
        let milliseconds = u64::try_from(elapsed).unwrap_or(u64::MAX);
        let class = match response.status().as_u16() / 100 {
            1 => "1xx",
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            _ => "5xx",
        };
        state.app.metrics.requests.responses.increment(class);
        tracing::info!(
            status = response.status().as_u16(),
            milliseconds,
            "request completed"
        );
        let response_of = trace.end(response.status().as_u16());
        let headers = [("x-request-id", Some(id)), ("traceresponse", response_of)];
        for (name, value) in headers {
            if let Some(Ok(value)) = value.map(HeaderValue::try_from) {
                let name = HeaderName::from_static(name);
                response.headers_mut().insert(name, value);
            }
        }
        // A proxy that does not poll readiness would send a request on a connection that is just being closed. HTTP/2
        // has no such header, and announces the end by GOAWAY.
        if version < Version::HTTP_2 && state.app.is_stopping.load(Ordering::Relaxed) {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        response
    }
    .instrument(span)
    .await
}
