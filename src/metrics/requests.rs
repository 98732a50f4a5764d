//! Metrics of requests and their documents.

use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::counts::Counts;
use super::register::registered;

/// Metrics of requests.
pub(crate) struct Requests {
    /// Responses, by class of the status.
    pub(crate) responses: Counts,
    /// Malformed requests rejected, by reason.
    pub(crate) rejected: Counts,
    /// Documents found, by source.
    pub(crate) documents: Counts,
    /// Documents rejected before execution, by reason.
    pub(crate) documents_rejected: Counts,
    /// Operations rejected, by error code.
    pub(crate) operations_rejected: Counts,
    /// When the certificate expires, in seconds since 1970.
    pub(crate) certificate_expiry: Gauge,
}

impl Requests {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            responses: Counts::new(
                registry,
                (
                    "http_responses",
                    "HTTP responses, by class of the status code",
                ),
                "status",
                &["1xx", "2xx", "3xx", "4xx", "5xx"],
            ),
            rejected: Counts::new(
                registry,
                (
                    "requests_rejected",
                    "Malformed requests rejected, by reason",
                ),
                "reason",
                &REQUEST_REASONS,
            ),
            documents: Counts::new(
                registry,
                (
                    "documents",
                    "Documents requested: parsed, found in the cache, or trusted",
                ),
                "source",
                &["parsed", "cached", "trusted"],
            ),
            documents_rejected: Counts::new(
                registry,
                (
                    "documents_rejected",
                    "Documents rejected before execution, by reason",
                ),
                "reason",
                &DOCUMENT_REASONS,
            ),
            operations_rejected: Counts::new(
                registry,
                ("operations_rejected", "Operations rejected, by error code"),
                "code",
                &ERROR_CODES,
            ),
            certificate_expiry: registered(
                registry,
                (
                    "certificate_expiry_timestamp_seconds",
                    "When the TLS certificate expires, as Unix time; 0 if this process serves no TLS",
                ),
                Gauge::default(),
            ),
        }
    }
}

const REQUEST_REASONS: [&str; 13] = [
    "accept",
    "origin",
    "method",
    "mutation_by_get",
    "content_type",
    "content_encoding",
    "too_large",
    "address_too_long",
    "body_timeout",
    "broken_off",
    "json",
    "batch",
    "parameters",
];

const DOCUMENT_REASONS: [&str; 7] = [
    "syntax",
    "too_complex",
    "invalid",
    "not_persisted",
    "other_hash",
    "introspection",
    "untrusted",
];

const ERROR_CODES: [&str; 8] = [
    "UNAUTHENTICATED",
    "COOKIES_IGNORED",
    "BAD_REQUEST",
    "RATE_LIMITED",
    "STEP_UP_REQUIRED",
    "OVERLOADED",
    "UNAVAILABLE",
    "INTERNAL",
];
