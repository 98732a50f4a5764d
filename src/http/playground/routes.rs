//! The routes of GraphiQL and the headers of its files.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::files::{Edition, File};

/// The path of the page; `/` redirects to it.
const PLACE: &str = "/graphiql";

/// Returns whether the page and all that it loads come from this binary.
pub(crate) fn is_built() -> bool {
    matches!(Edition::present(), Edition::Built)
}

/// Returns the page's routes.
pub(in crate::http) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/", get(|| async { Redirect::temporary(PLACE) }))
        .route(PLACE, get(|| async { page(&Edition::present()) }))
        .route(
            "/graphiql/{*path}",
            get(|Path(path): Path<String>| async move { file(&Edition::present(), &path) }),
        )
}

fn page(edition: &Edition) -> Response {
    match edition.page() {
        Some(page) => answer(page, edition),
        None => not_found(),
    }
}

fn file(edition: &Edition, path: &str) -> Response {
    match edition.file(path) {
        Some(file) => answer(file, edition),
        None => not_found(),
    }
}

fn answer(file: File, edition: &Edition) -> Response {
    // A file with a hash of its contents in its name never changes (RFC 8246). Others are revalidated.
    let caching = if file.is_named_by_hash {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [(CONTENT_TYPE, file.kind), (CACHE_CONTROL, caching)];
    let policy = file
        .is_page
        .then_some([(CONTENT_SECURITY_POLICY, edition.policy())]);
    (headers, policy, file.content).into_response()
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "GraphiQL has no such file.\n").into_response()
}
