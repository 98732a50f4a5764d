//! Messages for a password that does not meet the policy, shared by every mutation that accepts a new password.

use crate::passwords::PasswordError;

/// Returns a sentence for the user.
pub(super) fn password_text(password_error: PasswordError) -> String {
    match password_error {
        PasswordError::TooShort(least) => format!("The password needs at least {least} characters."),
        PasswordError::TooLong(most) => format!("The password can have at most {most} characters."),
        PasswordError::Invalid => {
            "The password holds characters that cannot be used, such as tabs or line breaks.".to_owned()
        }
        PasswordError::Compromised => {
            "This is one of the most used passwords, so it is among the first to be tried. Choose another one."
                .to_owned()
        }
        PasswordError::TooWeak => {
            "This password would be guessed too soon. Add words that do not belong together.".to_owned()
        }
    }
}
