//! Metrics of what users do: sign in, register, follow links.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::counts::Counts;
use super::register::registered;

/// The bounds of the time from a requested link to its use, in seconds: from half a minute to a day.
const UNTIL_FOLLOWED: [f64; 9] = [
    30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 21_600.0, 86_400.0,
];

/// Metrics of accounts.
pub(crate) struct Accounts {
    /// Sign-ins, by outcome.
    pub(crate) logins: Counts,
    /// Sign-ins to existing accounts, by outcome.
    pub(crate) account_logins: Counts,
    /// Accounts or identifiers that were locked.
    pub(crate) lockouts: Counter,
    /// Registrations, by outcome.
    pub(crate) registrations: Counts,
    /// Registrations completed: the account exists, and its address is verified if that is required.
    pub(crate) registrations_completed: Counter,
    /// Emailed links rejected, by reason.
    pub(crate) links_rejected: Counts,
    /// Links for password resets requested for existing accounts.
    pub(crate) password_resets_requested: Counter,
    /// Seconds from the request of a password reset to the new password.
    pub(crate) password_reset_seconds: Histogram,
}

impl Accounts {
    pub(super) fn new(registry: &mut Registry) -> Self {
        Self {
            logins: Counts::new(
                registry,
                ("logins", "Sign-ins, by outcome"),
                "outcome",
                &LOGIN_OUTCOMES,
            ),
            account_logins: Counts::new(
                registry,
                (
                    "account_logins",
                    "Sign-ins to existing accounts, by outcome. Those that failed for internal reasons are included",
                ),
                "outcome",
                &ACCOUNT_LOGIN_OUTCOMES,
            ),
            lockouts: registered(
                registry,
                (
                    "lockouts",
                    "Waits imposed on the sign-ins to an account after too many failures",
                ),
                Counter::default(),
            ),
            registrations: Counts::new(
                registry,
                ("registrations", "Registrations, by outcome"),
                "outcome",
                &["signed_in", "awaiting_verification", "rejected"],
            ),
            registrations_completed: registered(
                registry,
                (
                    "registrations_completed",
                    "Registrations completed: the user is signed in or has verified the address",
                ),
                Counter::default(),
            ),
            links_rejected: Counts::new(
                registry,
                ("links_rejected", "Emailed links rejected, by reason"),
                "reason",
                &["invalid", "expired", "too_late"],
            ),
            password_resets_requested: registered(
                registry,
                (
                    "password_resets_requested",
                    "Emails with a link to reset the password, queued for existing accounts",
                ),
                Counter::default(),
            ),
            password_reset_seconds: registered(
                registry,
                (
                    "password_reset_duration_seconds",
                    "Time from the email with a link to reset the password to the new password",
                ),
                Histogram::new(UNTIL_FOLLOWED),
            ),
        }
    }
}

const LOGIN_OUTCOMES: [&str; 5] = [
    "succeeded",
    "invalid_credentials",
    "account_locked",
    "email_not_verified",
    "deletion_pending",
];

const ACCOUNT_LOGIN_OUTCOMES: [&str; 6] = [
    "succeeded",
    "invalid_credentials",
    "account_locked",
    "email_not_verified",
    "deletion_pending",
    "failed",
];
