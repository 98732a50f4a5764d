//! Messages for a password that does not meet the policy, shared by every mutation that accepts a new password.

use crate::passwords::PasswordError;

/// Returns a sentence for the user.
pub(super) fn password_text(password_error: PasswordError) -> String {
    match password_error {
        PasswordError::TooShort(least) => format!("Use at least {least} characters."),
        PasswordError::TooLong(most) => format!("Use at most {most} characters."),
        PasswordError::Invalid => {
            "The password contains characters that cannot be used, such as tabs or line breaks. Remove them.".to_owned()
        }
        PasswordError::Compromised => {
            "This password is among the most common ones. Choose another one."
                .to_owned()
        }
        PasswordError::TooWeak => {
            "This password is too easy to guess. Add words that do not belong together.".to_owned()
        }
    }
}
