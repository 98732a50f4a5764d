//! The messages about proofs of second factors.

use crate::accounts::{FactorError, FactorProof};
use crate::graphql::scalars::DateTime;

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
pub(in crate::graphql) fn field_of(error: FactorError, proof: &FactorProof) -> &'static str {
    match (error, proof) {
        (FactorError::Locked(_), _) => "",
        (_, FactorProof::Totp(_)) => "totpCode",
        (_, FactorProof::RecoveryCode(_)) => "recoveryCode",
        (_, FactorProof::Passkey(_)) => "passkey",
    }
}

/// Returns when codes are accepted again, if the error says so.
pub(in crate::graphql) fn retry_at(error: FactorError) -> Option<DateTime> {
    match error {
        FactorError::Locked(until) => until.map(DateTime::from),
        _ => None,
    }
}
