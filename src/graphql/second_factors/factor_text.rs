//! The messages about proofs of second factors.

use crate::accounts::FactorError;

/// Returns the message for the user.
pub(in crate::graphql) fn factor_text(error: FactorError) -> &'static str {
    match error {
        FactorError::CodeInvalid => "This code is not correct. Check it and try again.",
        FactorError::CodeAlreadyUsed => {
            "This code was used before. Wait for the next code, or use another recovery code."
        }
        FactorError::PasskeyInvalid => {
            "The passkey was not accepted. Try again, or use another way."
        }
        FactorError::CeremonyExpired => "The request for the passkey has expired. Try again.",
        FactorError::Locked(Some(_)) => "Too many wrong codes were entered. Try again later.",
        FactorError::Locked(None) => {
            "Too many wrong codes were entered. Use a passkey or a recovery code."
        }
    }
}

/// Returns the field of the input that is invalid; empty if it is no single one.
pub(in crate::graphql) fn field_of(error: FactorError) -> &'static str {
    match error {
        FactorError::PasskeyInvalid | FactorError::CeremonyExpired => "passkey",
        FactorError::CodeInvalid | FactorError::CodeAlreadyUsed | FactorError::Locked(_) => "",
    }
}
