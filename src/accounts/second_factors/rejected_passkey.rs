//! Why the answer of a browser about a passkey is rejected.

use super::FactorError;
use crate::webauthn::WebauthnError;

/// Logs why the answer of a browser is rejected, and returns the error for the user.
pub(super) fn rejected(error: WebauthnError) -> FactorError {
    tracing::info!(reason = error.name(), "passkey rejected");
    match error {
        WebauthnError::Expired => FactorError::CeremonyExpired,
        _ => FactorError::PasskeyInvalid,
    }
}
