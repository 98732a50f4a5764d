use async_graphql::{Enum, SimpleObject};

use crate::app::App;
use crate::config;
use crate::graphql::scalars::DateTime;

/// Public settings for sign-in and registration forms.
#[derive(SimpleObject)]
#[expect(clippy::struct_excessive_bools, reason = "each is one setting")]
pub(in crate::graphql) struct AuthSettings {
    /// Whether `register` creates accounts.
    registration_open: bool,
    /// Whether a new user must follow the link in the verification email before signing in.
    email_verification_required: bool,
    /// Whether accounts can have a username beside the email address.
    usernames_enabled: bool,
    /// The requirements for a new password.
    password_policy: PasswordPolicy,
    /// Whether accounts must have a second factor.
    second_factor: SecondFactorPolicy,
    /// When `REQUIRED` takes effect; until then it is `ENCOURAGED`. Null if it has, and with the other policies.
    second_factor_required_from: Option<DateTime>,
    /// Whether accounts can have passkeys.
    passkeys_enabled: bool,
    /// The delay in seconds between `confirmFactorRemoval` and the removal of lost second factors. Null if they cannot be
    /// removed by email.
    factor_removal_delay: Option<i32>,
}

/// Whether accounts must have a second factor.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum SecondFactorPolicy {
    /// Users may set one up.
    Optional,
    /// Users may set one up. Ask those who have none.
    Encouraged,
    /// No session starts without a second factor. Users who have none set one up during the sign-in.
    Required,
}

/// The requirements for a new password. No rule demands or forbids kinds of characters.
#[derive(SimpleObject)]
pub(in crate::graphql) struct PasswordPolicy {
    /// The minimum length in Unicode code points.
    min_length: i32,
    /// The maximum length in Unicode code points.
    max_length: i32,
    /// The minimum zxcvbn score, from 0 to 4. Pass the user's email address, username and name to zxcvbn as user
    /// inputs.
    min_strength: i32,
}

impl From<&App> for AuthSettings {
    fn from(app: &App) -> Self {
        let policy = &app.password_policy;
        let (factors, now) = (&app.config.factors, app.clock.now());
        let number = |length: usize| i32::try_from(length).unwrap_or(i32::MAX);
        Self {
            registration_open: app.config.accounts.registration_open,
            email_verification_required: app.config.accounts.email_verification.is_required(),
            usernames_enabled: app.config.accounts.usernames_enabled,
            password_policy: PasswordPolicy {
                min_length: number(policy.min_length),
                max_length: number(policy.max_length),
                min_strength: policy.min_strength.into(),
            },
            second_factor: match factors.policy {
                config::SecondFactorPolicy::Optional => SecondFactorPolicy::Optional,
                config::SecondFactorPolicy::Required if factors.are_required(now) => {
                    SecondFactorPolicy::Required
                }
                _ => SecondFactorPolicy::Encouraged,
            },
            second_factor_required_from: factors
                .required_from
                .filter(|from| {
                    factors.policy == config::SecondFactorPolicy::Required && *from > now
                })
                .map(DateTime::from),
            passkeys_enabled: factors.passkeys.is_some(),
            factor_removal_delay: factors
                .removal_delay
                .and_then(|delay| i32::try_from(delay.num_seconds()).ok()),
        }
    }
}
