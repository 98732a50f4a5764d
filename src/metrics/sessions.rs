//! Metrics of sessions and their tokens.

use prometheus_client::registry::Registry;

use super::counts::Counts;

/// Metrics of sessions.
pub(crate) struct Sessions {
    /// Refresh tokens presented, by outcome.
    pub(crate) refreshes: Counts,
    /// Re-authentications by password, by outcome.
    pub(crate) password_checks: Counts,
    /// Access tokens rejected, by reason.
    pub(crate) access_tokens_rejected: Counts,
    /// Verifications of an access token, by whether its signature was cached.
    pub(crate) access_tokens: Counts,
}

impl Sessions {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            refreshes: Counts::new(
                registry,
                ("session_refreshes", "Refresh tokens presented, by outcome"),
                "outcome",
                &["succeeded", "invalid", "expired", "revoked"],
            ),
            password_checks: Counts::new(
                registry,
                (
                    "password_checks",
                    "Re-authentications by password, by outcome",
                ),
                "outcome",
                &["correct", "incorrect", "account_locked"],
            ),
            access_tokens_rejected: Counts::new(
                registry,
                (
                    "access_tokens_rejected",
                    "Access tokens rejected, by reason",
                ),
                "reason",
                &TOKEN_REASONS,
            ),
            access_tokens: Counts::new(
                registry,
                (
                    "access_tokens",
                    "Access tokens presented, by whether the signature was cached or had to be verified",
                ),
                "source",
                &["cached", "verified"],
            ),
        }
    }
}

const TOKEN_REASONS: [&str; 19] = [
    "malformed",
    "cookies_ignored",
    "expired",
    "session_ended",
    "too_long",
    "not_three_parts",
    "header",
    "typ",
    "kid",
    "alg",
    "signature",
    "claims",
    "iss",
    "aud",
    "time",
    "not_yet",
    "lifetime",
    "sub",
    "sid",
];
