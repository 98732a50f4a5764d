//! The messages about rejected registrations.

use super::email_text::{EMAIL_INVALID, EMAIL_UNREACHABLE};
use super::password_text::password_text;
use super::register::{RegisterErrorCode, RegisterUserError};
use crate::accounts::RegisterError;
use crate::passwords::PasswordError;

impl From<RegisterError> for RegisterUserError {
    fn from(error: RegisterError) -> Self {
        use RegisterError as Error;
        use RegisterErrorCode as Code;
        match error {
            Error::RegistrationClosed => {
                Self::new(Code::RegistrationClosed, "Registration is closed.", "")
            }
            Error::EmailInvalid => Self::new(Code::EmailInvalid, EMAIL_INVALID, "email"),
            Error::EmailUnreachable => Self::new(Code::EmailInvalid, EMAIL_UNREACHABLE, "email"),
            Error::EmailTaken => Self::new(
                Code::EmailTaken,
                "An account with this email address already exists. Sign in, or use another address.",
                "email",
            ),
            Error::UsernameInvalid => Self::new(
                Code::UsernameInvalid,
                "Use 3 to 32 letters, digits, dots, underscores or hyphens.",
                "username",
            ),
            Error::UsernameTaken => Self::new(
                Code::UsernameTaken,
                "This username is taken. Choose another one.",
                "username",
            ),
            Error::NameTooLong => {
                Self::new(Code::NameTooLong, "Use at most 128 characters.", "name")
            }
            Error::NameInvalid => Self::new(
                Code::NameInvalid,
                "This name contains characters that cannot be displayed. Remove them.",
                "name",
            ),
            Error::Password(password_error) => Self::new(
                password_error.into(),
                password_text(password_error),
                "password",
            ),
        }
    }
}

impl From<PasswordError> for RegisterErrorCode {
    fn from(password_error: PasswordError) -> Self {
        match password_error {
            PasswordError::TooShort(_) => Self::PasswordTooShort,
            PasswordError::TooLong(_) => Self::PasswordTooLong,
            PasswordError::Invalid => Self::PasswordInvalid,
            PasswordError::Compromised => Self::PasswordCompromised,
            PasswordError::TooWeak => Self::PasswordTooWeak,
        }
    }
}
