//! The rate-limited actions.

use crate::config::{self, Quota};

/// An action that is expensive or that an attacker repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// A registration.
    Register,
    /// A sign-in.
    Login,
    /// A refresh.
    Refresh,
    /// A password check of a signed-in user.
    PasswordCheck,
    /// A code of a second factor.
    SecondFactor,
    /// An email caused by naming an address.
    Mail,
    /// A change of the profile or of second factors.
    Profile,
}

impl Action {
    /// Returns its name in metrics.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Login => "login",
            Self::Refresh => "refresh",
            Self::PasswordCheck => "password_check",
            Self::SecondFactor => "second_factor",
            Self::Mail => "mail",
            Self::Profile => "profile",
        }
    }

    pub(super) fn quotas(self, config: &config::RateLimits) -> Quotas {
        let (account, network) = match self {
            Self::Register => (config.register, config.register_network),
            Self::Login => (config.login, config.login_network),
            Self::Refresh => (config.refresh, config.refresh_network),
            Self::PasswordCheck => (config.password_check, config.password_check_network),
            Self::SecondFactor => (config.second_factor, None),
            Self::Mail => (config.mail, config.mail_network),
            Self::Profile => (config.profile, None),
        };
        Quotas { account, network }
    }
}

/// The quotas of an action; `None` disables one.
pub(super) struct Quotas {
    /// For an account from one network.
    pub(super) account: Option<Quota>,
    /// For a network, whatever the account.
    pub(super) network: Option<Quota>,
}
