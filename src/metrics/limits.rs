//! Metrics of rate limits.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::registry::Registry;

use super::counts::Counts;
use super::register::registered;

/// Metrics of rate limits.
pub(crate) struct Limits {
    /// Operations rejected by a rate limit, by action.
    pub(crate) rate_limited: Counts,
    /// Rate limit checks made by this process alone because Redis was unreachable.
    pub(crate) unshared: Counter,
    /// Invalid secrets of front-end servers.
    pub(crate) front_end_secrets_rejected: Counter,
}

impl Limits {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            rate_limited: Counts::new(
                registry,
                (
                    "rate_limited",
                    "Operations rejected by a rate limit, by action",
                ),
                "action",
                &[
                    "register",
                    "login",
                    "refresh",
                    "password_check",
                    "mail",
                    "profile",
                    "second_factor",
                ],
            ),
            unshared: registered(
                registry,
                (
                    "limits_unshared",
                    "Rate limit checks made by this process alone because Redis was unreachable",
                ),
                Counter::default(),
            ),
            front_end_secrets_rejected: registered(
                registry,
                (
                    "front_end_secrets_rejected",
                    "Requests with an invalid front-end secret",
                ),
                Counter::default(),
            ),
        }
    }
}
