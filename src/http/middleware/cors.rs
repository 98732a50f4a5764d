//! Lets only the configured front ends call from a browser (Fetch standard, section 3.2).

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::router::HttpState;

/// Responds to preflights and adds the headers for allowed origins.
pub(in crate::http) async fn cors(
    State(state): State<Arc<HttpState>>,
    request: Request,
    next: Next,
) -> Response {
    let config = &state.app.config.listen;
    let allowed = &config.allowed_origins;
    let origin = request
        .headers()
        .get(header::ORIGIN)
        .filter(|origin| {
            allowed
                .iter()
                .any(|known| origin.as_bytes() == known.as_bytes())
        })
        .cloned();
    let is_preflight = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if is_preflight {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NO_CONTENT;
        response
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    let Some(origin) = origin else {
        return response;
    };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    let named = |text| HeaderValue::from_static(text);
    // Required for cookies. The origin is one of a list, never an arbitrary one.
    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, named("true"));
    if is_preflight {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, named("GET, POST"));
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            config.allowed_headers.clone(),
        );
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, named("600"));
    } else {
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            named("retry-after, x-request-id, traceresponse"),
        );
    }
    response
}
