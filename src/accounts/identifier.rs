//! What somebody gives to say who they are.

use super::EmailAddress;
use super::username::Username;

/// Longest text that can be nobody's that is told apart.
const CHARACTERS: usize = 254;

/// An address or a username. A username holds no `@` and an address always does, so they cannot be taken for
/// each other.
pub(super) enum Identifier {
    Email(EmailAddress),
    Username(Username),
    /// It can be nobody's; as typed, without white space and case.
    Nobodys(String),
}

impl Identifier {
    pub(super) fn read(text: &str) -> Self {
        let nobodys = || {
            let text = text.trim().to_lowercase();
            Self::Nobodys(text.chars().take(CHARACTERS).collect())
        };
        if text.contains('@') {
            text.parse().map_or_else(|_| nobodys(), Self::Email)
        } else {
            text.parse().map_or_else(|_| nobodys(), Self::Username)
        }
    }

    /// What tries are counted by: spelling, case and width are no way around.
    pub(super) fn canonical(&self) -> &str {
        match self {
            Self::Email(email) => email.canonical(),
            Self::Username(username) => username.canonical(),
            Self::Nobodys(text) => text,
        }
    }
}
