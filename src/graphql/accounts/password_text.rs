//! What is said of a password that does not meet the policy, in every mutation that takes a new one.

use crate::passwords::Unacceptable;

/// A sentence for the user.
pub(super) fn password_text(unacceptable: Unacceptable) -> String {
    match unacceptable {
        Unacceptable::TooShort(least) => format!("The password needs at least {least} characters."),
        Unacceptable::TooLong(most) => format!("The password can have at most {most} characters."),
        Unacceptable::Invalid => {
            "The password holds characters that cannot be used, such as tabs or line breaks.".to_owned()
        }
        Unacceptable::Compromised => {
            "This is one of the most used passwords, so it is among the first to be tried. Choose another one."
                .to_owned()
        }
        Unacceptable::TooWeak => {
            "This password would be guessed too soon. Add words that do not belong together.".to_owned()
        }
    }
}
