use async_graphql::SimpleObject;

use crate::app::App;

/// What the sign-in and registration forms need to know before anyone signs in.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AuthSettings {
    /// Whether `register` makes new accounts.
    registration_open: bool,
    /// Whether a new account must follow the link in its mail before it can sign in.
    email_verification_required: bool,
    /// Whether accounts may have a username beside the e-mail address.
    usernames_enabled: bool,
    /// What a new password must meet.
    password_policy: PasswordPolicy,
}

/// What a new password must meet. There are no rules about which characters it holds.
#[derive(SimpleObject)]
pub(in crate::graphql) struct PasswordPolicy {
    /// Fewest Unicode code points.
    min_length: i32,
    /// Most Unicode code points.
    max_length: i32,
    /// Least zxcvbn score, 0 to 4, with the user's own e-mail, username and name as inputs.
    min_strength: i32,
}

impl From<&App> for AuthSettings {
    fn from(app: &App) -> Self {
        let policy = &app.password_policy;
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
        }
    }
}
