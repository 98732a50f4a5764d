//! GraphiQL, for developers.

use async_graphql::http::GraphiQLSource;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse, Redirect};

/// What the page may load: its own inline parts, and GraphiQL from where it is published.
const POLICY: &str = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: https://unpkg.com; \
                      object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page.
pub(super) async fn page() -> impl IntoResponse {
    let page = GraphiQLSource::build()
        .endpoint("/graphql")
        .title("Gatehouse")
        .finish();
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(page))
}

/// `/` leads there.
pub(super) async fn redirect() -> Redirect {
    Redirect::temporary("/graphiql")
}
