//! The proof of a second factor in an input.

use crate::accounts::FactorProof;
use crate::errors::OperationError;
use crate::graphql::scalars::Json;

/// The fields of an input of which exactly one is set.
pub(in crate::graphql) struct ProofFields {
    pub(in crate::graphql) totp_code: Option<String>,
    pub(in crate::graphql) recovery_code: Option<String>,
    pub(in crate::graphql) passkey: Option<Json>,
}

impl ProofFields {
    /// Returns the proofs that are set.
    pub(in crate::graphql) fn into_proofs(self) -> Vec<FactorProof> {
        [
            self.totp_code.map(|code| FactorProof::Totp(code.into())),
            self.recovery_code
                .map(|code| FactorProof::RecoveryCode(code.into())),
            self.passkey
                .map(|json| FactorProof::Passkey(json.into_bytes())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Returns the error of an input without exactly one proof.
pub(in crate::graphql) fn one_proof(fields: &str) -> OperationError {
    OperationError::BadRequest(format!("Send exactly one proof: {fields}."))
}
