//! What is limited.

use crate::config::{self, Quota};

/// Something that costs, or that a guesser repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// An account is made.
    Register,
    /// A password is tried.
    Login,
    /// A refresh token is exchanged.
    Refresh,
    /// A signed-in user's password is checked again.
    PasswordCheck,
    /// A mail is caused by naming an address.
    Mail,
    /// A profile is changed.
    Profile,
}

impl Action {
    /// Its name in figures.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Login => "login",
            Self::Refresh => "refresh",
            Self::PasswordCheck => "password_check",
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
            Self::Mail => (config.mail, config.mail_network),
            Self::Profile => (config.profile, None),
        };
        Quotas { account, network }
    }
}

/// The quotas of an action; `None` is none.
pub(super) struct Quotas {
    /// For an account from one network.
    pub(super) account: Option<Quota>,
    /// For a network, whatever the account.
    pub(super) network: Option<Quota>,
}
