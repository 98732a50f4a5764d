//! Identifiers that users sign in with.

use super::EmailAddress;
use super::username::Username;

/// The maximum length of an identifier that matches no account. Longer ones are truncated.
const CHARACTERS: usize = 254;

/// An email address or a username. A username never contains an `@` and an address always does, so that they cannot be
/// confused.
pub(super) enum Identifier {
    Email(EmailAddress),
    Username(Username),
    /// Matches no account; as typed, without white space and case.
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

    /// Returns the form by which attempts are counted, so that spelling, case and width cannot bypass limits.
    pub(super) fn canonical(&self) -> &str {
        match self {
            Self::Email(email) => email.canonical(),
            Self::Username(username) => username.canonical(),
            Self::Nobodys(text) => text,
        }
    }
}
