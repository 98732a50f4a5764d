//! What other services need to verify access tokens by themselves.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;

use super::router::HttpState;

/// Shorter than the time between a key's publication and its first signature, so that no cache lacks a key
/// that signs.
const CACHED: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=60");

/// The public keys (RFC 7517, section 5).
pub(super) async fn keys(State(state): State<HttpState>) -> impl IntoResponse {
    let keys = state.app.access_tokens.keys();
    let published = keys.published(state.app.clock.now());
    ([CACHED], Json(json!({ "keys": published })))
}

/// The issuer's metadata (RFC 8414, section 2; `OpenID` Connect Discovery 1.0, section 3), where gateways
/// look for it.
pub(super) async fn metadata(State(state): State<HttpState>) -> impl IntoResponse {
    let issuer = &state.app.config.tokens.issuer;
    let metadata = json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "id_token_signing_alg_values_supported": ["ES256", "EdDSA"],
        "subject_types_supported": ["public"],
        "response_types_supported": [],
    });
    ([CACHED], Json(metadata))
}
