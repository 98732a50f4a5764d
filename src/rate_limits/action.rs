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
    pub(super) const ALL: [Self; 6] = [
        Self::Register,
        Self::Login,
        Self::Refresh,
        Self::PasswordCheck,
        Self::Mail,
        Self::Profile,
    ];

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

    pub(super) fn quota(self, config: &config::RateLimits) -> Option<Quota> {
        match self {
            Self::Register => config.register,
            Self::Login => config.login,
            Self::Refresh => config.refresh,
            Self::PasswordCheck => config.password_check,
            Self::Mail => config.mail,
            Self::Profile => config.profile,
        }
    }
}
