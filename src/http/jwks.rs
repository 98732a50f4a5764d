//! The documents that other services need to verify access tokens.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use url::Url;

use super::router::HttpState;

/// Shorter than the time between a key's publication and its first signature, so that no cache lacks a signing key.
const CACHED: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=60");

/// The routes, also below the path of the public URL if it has one: a proxy may pass it on. RFC 8414, section 3.1 has
/// the path behind the name of the document.
pub(super) fn routes(public_url: &Url) -> Router<Arc<HttpState>> {
    let path = public_url.path().trim_end_matches('/');
    let mut paths = vec![
        ("/.well-known/jwks.json".to_owned(), true),
        ("/.well-known/openid-configuration".to_owned(), false),
        ("/.well-known/oauth-authorization-server".to_owned(), false),
    ];
    if !path.is_empty() {
        let below: Vec<_> = paths
            .iter()
            .map(|(known, keys)| (format!("{path}{known}"), *keys))
            .collect();
        paths.extend(below);
        paths.push((
            format!("/.well-known/oauth-authorization-server{path}"),
            false,
        ));
    }
    paths
        .into_iter()
        .fold(Router::new(), |router, (path, is_keys)| {
            // A path of the public URL is no pattern.
            let router = router.without_v07_checks();
            if is_keys {
                router.route(&path, get(keys))
            } else {
                router.route(&path, get(metadata))
            }
        })
}

/// Returns the public keys (RFC 7517, section 5).
pub(super) async fn keys(State(state): State<Arc<HttpState>>) -> impl IntoResponse {
    let keys = state.app.access_tokens.keys();
    let published = keys.published(state.app.clock.now());
    ([CACHED], Json(json!({ "keys": published })))
}

/// Returns the issuer's metadata (RFC 8414, section 2; `OpenID` Connect Discovery 1.0, section 3), where gateways look
/// for it.
pub(super) async fn metadata(State(state): State<Arc<HttpState>>) -> impl IntoResponse {
    let issuer = &state.app.config.tokens.issuer;
    let metadata = json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "id_token_signing_alg_values_supported": ["ES256", "EdDSA"],
        "subject_types_supported": ["public"],
        "response_types_supported": [],
        "acr_values_supported": ["aal1", "aal2"],
    });
    ([CACHED], Json(metadata))
}
