//! The routes.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue};
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use tower::util::option_layer;
use tower_http::set_header::SetResponseHeaderLayer;

use super::front_end::FrontEnds;
use super::middleware::{cors, request_span};
use super::{admin, dev_mail, graphql, jwks, playground};
use crate::app::App;
use crate::config::Profile;
use crate::graphql::{ApiSchema, Documents};

/// The state of handlers.
pub(crate) struct HttpState {
    pub(super) app: Arc<App>,
    pub(super) schema: ApiSchema,
    pub(super) documents: Arc<Documents>,
    pub(super) front_ends: FrontEnds,
}

/// Builds the public routes.
pub(crate) fn api_router(app: Arc<App>, schema: ApiSchema, documents: Arc<Documents>) -> Router {
    let limits = app.config.limits.clone();
    let public_url = &app.config.listen.public_url;
    // Otherwise a browser would use HTTPS for every service on a developer's machine.
    let is_https = public_url.scheme() == "https" && public_url.host_str() != Some("localhost");
    let hsts = if app.config.listen.hsts_subdomains {
        "max-age=31536000; includeSubDomains"
    } else {
        "max-age=31536000"
    };
    let is_development = app.config.profile == Profile::Development;
    let state = Arc::new(HttpState {
        app,
        schema,
        documents,
        front_ends: FrontEnds::default(),
    });
    let mut router = Router::new()
        .route("/graphql", any(graphql::handle))
        // For platforms that know one port. It reveals no more than any other response.
        .route("/health/live", get(admin::live))
        .merge(jwks::routes(&state.app.config.listen.public_url));
    if limits.graphiql {
        router = router.merge(playground::routes());
    }
    if is_development {
        router = router.merge(dev_mail::routes(state.clone()));
    }
    router
        .fallback(|| async { (StatusCode::NOT_FOUND, "Not found.\n") })
        // Together, from the outside in: the router copies and boxes the service below each layer for every request.
        .layer((
            always("referrer-policy", "no-referrer"),
            option_layer(is_https.then(|| {
                // A year (RFC 6797, section 6.1). Sent only if the public URL uses https.
                always("strict-transport-security", hsts)
            })),
            // Responses are for CORS requests of the allowed origins, never for images and scripts of a page.
            always("cross-origin-resource-policy", "same-origin"),
            // Responses that are not pages, and do not set their own policy, load and frame nothing.
            always(
                "content-security-policy",
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            ),
            always("x-content-type-options", "nosniff"),
            // Inside the headers above, which are also added to the response that replaces a failed handler.
            from_fn_with_state(state.clone(), request_span),
            from_fn_with_state(state.clone(), cors),
        ))
        .with_state(state)
}

/// Builds the administrator's routes, which must not be public.
pub(crate) fn admin_router(app: Arc<App>) -> Router {
    Router::new()
        .route("/health/live", get(admin::live))
        .route("/health/ready", get(admin::ready))
        .route("/metrics", get(admin::metrics))
        .with_state(app)
}

fn always(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    )
}
