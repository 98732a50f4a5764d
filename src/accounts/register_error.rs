//! Why registrations are rejected.

use super::profile_fields::NameError;
use crate::passwords::PasswordError;

/// Why a registration is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegisterError {
    /// Registration is closed.
    RegistrationClosed,
    /// The text is not an email address.
    EmailInvalid,
    /// The mail server does not support non-ASCII local parts.
    EmailUnreachable,
    /// Another account has this email address.
    EmailTaken,
    /// The username is malformed, or usernames are disabled.
    UsernameInvalid,
    /// Another account has this username.
    UsernameTaken,
    /// The name has too many characters.
    NameTooLong,
    /// The name contains line breaks or changes the direction of text, or has no visible character.
    NameInvalid,
    /// The password does not meet the policy.
    Password(PasswordError),
}

impl From<NameError> for RegisterError {
    fn from(error: NameError) -> Self {
        match error {
            NameError::TooLong => Self::NameTooLong,
            NameError::Invalid => Self::NameInvalid,
        }
    }
}
