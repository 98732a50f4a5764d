//! Metrics of what users do: sign in, register, follow links.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::counts::Counts;
use super::register::{SECONDS, registered};

/// The bounds of the time from a requested link to its use, in seconds: from half a minute to a day.
const UNTIL_FOLLOWED: [f64; 9] = [
    30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 21_600.0, 86_400.0,
];

/// Metrics of accounts.
pub(crate) struct Accounts {
    /// Sign-ins, by outcome.
    pub(crate) logins: Counts,
    /// Seconds of sign-ins that were completed: the credentials were correct or incorrect.
    pub(crate) login_seconds: Histogram,
    /// Sign-ins to existing accounts, by outcome.
    pub(crate) account_logins: Counts,
    /// Accounts that were locked.
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
        let (logins, login_seconds, account_logins) = of_logins(registry);
        Self {
            logins,
            login_seconds,
            account_logins,
            lockouts: registered(
                registry,
                (
                    "lockouts",
                    "Waits imposed on the sign-ins to an existing account after too many incorrect passwords",
                ),
                Counter::default(),
            ),
            registrations: Counts::new(
                registry,
                ("registrations", "Registrations, by outcome"),
                "outcome",
                &[
                    "signed_in",
                    "must_enroll",
                    "awaiting_verification",
                    "rejected",
                ],
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
                    "Emails with a link to reset the password, queued because it was requested",
                ),
                Counter::default(),
            ),
            password_reset_seconds: registered(
                registry,
                (
                    "password_reset_duration_seconds",
                    "Time from the email with a link to reset the password to the new password, whatever the email was written for",
                ),
                Histogram::new(UNTIL_FOLLOWED),
            ),
        }
    }
}

fn of_logins(registry: &mut Registry) -> (Counts, Histogram, Counts) {
    let logins = Counts::new(
        registry,
        (
            "logins",
            "Sign-ins, by outcome; failed: for a reason of the service's",
        ),
        "outcome",
        &LOGIN_OUTCOMES,
    );
    let login_seconds = registered(
        registry,
        (
            "login_duration_seconds",
            "Time from the whole request to the response, of sign-ins that were completed",
        ),
        Histogram::new(SECONDS),
    );
    let account_logins = Counts::new(
        registry,
        (
            "account_logins",
            "Sign-ins to existing accounts, by outcome; failed: for a reason of the service's after the account was found",
        ),
        "outcome",
        &LOGIN_OUTCOMES,
    );
    (logins, login_seconds, account_logins)
}

const LOGIN_OUTCOMES: [&str; 7] = [
    "succeeded",
    "challenged",
    "invalid_credentials",
    "account_locked",
    "email_not_verified",
    "deletion_pending",
    "failed",
];
