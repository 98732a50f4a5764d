//! Metrics of second factors and passkeys.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::registry::Registry;

use super::counts::Counts;
use super::register::registered;

/// Metrics of second factors.
pub(crate) struct Factors {
    /// Second steps of sign-ins, by outcome.
    pub(crate) second_steps: Counts,
    /// Sign-ins with a passkey alone, by outcome.
    pub(crate) passkey_logins: Counts,
    /// Waits after wrong codes.
    pub(crate) lockouts: Counter,
    /// Removals of lost factors by email, by what happened to them.
    pub(crate) removals: Counts,
    /// Operations that demanded a recent authentication.
    pub(crate) step_ups: Counter,
}

impl Factors {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            second_steps: Counts::new(
                registry,
                ("second_steps", "Second steps of sign-ins, by outcome"),
                "outcome",
                &SECOND_STEPS,
            ),
            passkey_logins: Counts::new(
                registry,
                (
                    "passkey_logins",
                    "Sign-ins with a passkey alone, by outcome",
                ),
                "outcome",
                &PASSKEY_LOGINS,
            ),
            lockouts: registered(
                registry,
                (
                    "second_factor_lockouts",
                    "Waits imposed on the second factor of an account after too many wrong codes",
                ),
                Counter::default(),
            ),
            removals: Counts::new(
                registry,
                (
                    "factor_removals",
                    "Removals of lost second factors by email, by what happened to them",
                ),
                "step",
                &REMOVALS,
            ),
            step_ups: registered(
                registry,
                (
                    "step_ups_required",
                    "Operations rejected because they demand a recent authentication",
                ),
                Counter::default(),
            ),
        }
    }
}

const SECOND_STEPS: [&str; 9] = [
    "succeeded",
    "challenge_invalid",
    "code_invalid",
    "code_already_used",
    "passkey_invalid",
    "ceremony_expired",
    "locked",
    "email_not_verified",
    "deletion_pending",
];

const PASSKEY_LOGINS: [&str; 7] = [
    "succeeded",
    "passkey_invalid",
    "passkey_unknown",
    "ceremony_expired",
    "passkeys_disabled",
    "email_not_verified",
    "deletion_pending",
];

const REMOVALS: [&str; 4] = ["requested", "scheduled", "canceled", "completed"];
