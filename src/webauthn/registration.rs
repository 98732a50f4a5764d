//! Verification of a new passkey.

use uuid::Uuid;

use super::ceremony::{check_authenticator_data, check_client_data};
use super::public_key::PublicKey;
use super::{
    Algorithm, Challenge, ChallengePurpose, RegistrationResponse, RelyingParty, Transport,
    WebauthnError,
};

/// A verified passkey, to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewCredential {
    /// The credential ID, 1 to 1023 bytes.
    pub(crate) id: Vec<u8>,
    /// The public key, as the bytes of its COSE key.
    pub(crate) public_key: Vec<u8>,
    /// The algorithm of the key.
    pub(crate) algorithm: Algorithm,
    /// The signature counter; 0 if the authenticator has none.
    pub(crate) counter: u32,
    /// Whether it can be copied to other devices.
    pub(crate) backup_eligible: bool,
    /// Whether it is copied at present.
    pub(crate) backup_state: bool,
    /// The model of the authenticator; zeros if it is not revealed. Unverified, for display only.
    pub(crate) aaguid: Uuid,
    /// How the browser reaches the authenticator: each known one once. Unverified.
    pub(crate) transports: Vec<Transport>,
}

/// Verifies a registration (section 7.1) with a challenge that was issued for it.
///
/// The caller checks that the challenge is used for the first time and that no account has the credential ID.
pub(crate) fn verify_registration(
    response: &RegistrationResponse,
    relying_party: &RelyingParty,
    challenge: &Challenge,
) -> Result<NewCredential, WebauthnError> {
    if challenge.purpose() != ChallengePurpose::Register {
        return Err(WebauthnError::Challenge);
    }
    check_client_data(
        &response.client_data,
        "webauthn.create",
        relying_party,
        challenge,
    )?;
    let data = &response.authenticator_data;
    check_authenticator_data(data, relying_party)?;
    let credential = data
        .credential
        .as_ref()
        .ok_or(WebauthnError::MalformedAuthenticatorData)?;
    if credential.id != response.credential_id {
        return Err(WebauthnError::CredentialId);
    }
    let key = PublicKey::parse(&credential.public_key)?;
    Ok(NewCredential {
        id: credential.id.clone(),
        public_key: credential.public_key.clone(),
        algorithm: key.algorithm(),
        counter: data.counter,
        backup_eligible: data.flags.backup_eligible(),
        backup_state: data.flags.backup_state(),
        aaguid: credential.aaguid,
        transports: response.transports.clone(),
    })
}
