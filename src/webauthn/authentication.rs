//! Verification of the use of a passkey.

use aws_lc_rs::digest::{SHA256, digest};

use super::ceremony::{check_authenticator_data, check_client_data};
use super::public_key::PublicKey;
use super::{AuthenticationResponse, Challenge, ChallengePurpose, RelyingParty, WebauthnError};

/// The stored passkey that a response names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoredCredential<'a> {
    /// The credential ID.
    pub(crate) id: &'a [u8],
    /// The bytes of the COSE key.
    pub(crate) public_key: &'a [u8],
    /// The user handle of its owner: the bytes of the user's id.
    pub(crate) user_handle: &'a [u8],
    /// The signature counter of the last use.
    pub(crate) counter: u32,
    /// Whether it could be copied to other devices at its last use.
    pub(crate) backup_eligible: bool,
}

/// The signature counter of an authenticator (section 6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SignatureCounter {
    /// The stored one.
    pub(crate) old: u32,
    /// The one of this authentication, to be stored.
    pub(crate) new: u32,
}

impl SignatureCounter {
    /// Returns whether the counter did not increase though the authenticator has one: a sign of a copied key. Password
    /// managers and restored devices cause it too, so it is for the log.
    pub(crate) fn went_back(self) -> bool {
        self.new <= self.old && self.old != 0
    }
}

/// A verified authentication: what to store and to log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authentication {
    /// The user handle, if the authenticator sent it: always for [`ChallengePurpose::SignIn`]. It is the owner's.
    pub(crate) user_handle: Option<Vec<u8>>,
    /// The signature counter.
    pub(crate) counter: SignatureCounter,
    /// Whether the passkey can be copied to other devices.
    pub(crate) backup_eligible: bool,
    /// Whether eligibility differs from the stored one. The standard would reject it (section 7.2), but
    /// password managers change it.
    pub(crate) backup_eligibility_changed: bool,
    /// Whether the passkey is copied at present.
    pub(crate) backup_state: bool,
}

/// Verifies an authentication (section 7.2) by the stored passkey that the response names, with a challenge that was
/// issued for it.
///
/// The caller checks that the challenge is used for the first time, and that the passkey may be used: that it is the
/// known user's, if there is one.
pub(crate) fn verify_authentication(
    response: &AuthenticationResponse,
    relying_party: &RelyingParty,
    challenge: &Challenge,
    stored: StoredCredential<'_>,
) -> Result<Authentication, WebauthnError> {
    if challenge.purpose() == ChallengePurpose::Register {
        return Err(WebauthnError::Challenge);
    }
    if response.credential_id != stored.id {
        return Err(WebauthnError::CredentialId);
    }
    check_user_handle(response, challenge.purpose(), stored)?;
    check_client_data(
        &response.client_data,
        "webauthn.get",
        relying_party,
        challenge,
    )?;
    let data = &response.authenticator_data;
    check_authenticator_data(data, relying_party)?;
    PublicKey::parse(stored.public_key)?.verify(&signed_bytes(response), &response.signature)?;
    let backup_eligible = data.flags.backup_eligible();
    Ok(Authentication {
        user_handle: response.user_handle.clone(),
        counter: SignatureCounter {
            old: stored.counter,
            new: data.counter,
        },
        backup_eligible,
        backup_eligibility_changed: backup_eligible != stored.backup_eligible,
        backup_state: data.flags.backup_state(),
    })
}

/// Checks the user handle (section 7.2). Without a known user it is required: it names the account that the
/// authenticator has the passkey for.
fn check_user_handle(
    response: &AuthenticationResponse,
    purpose: ChallengePurpose,
    stored: StoredCredential<'_>,
) -> Result<(), WebauthnError> {
    match response.user_handle() {
        Some(handle) if handle == stored.user_handle => Ok(()),
        None if purpose != ChallengePurpose::SignIn => Ok(()),
        _ => Err(WebauthnError::UserHandle),
    }
}

/// What the authenticator signs: its data and the hash of the client data (section 6.3.3).
pub(super) fn signed_bytes(response: &AuthenticationResponse) -> Vec<u8> {
    let hash = digest(&SHA256, &response.client_data_json);
    [&response.authenticator_data_bytes, hash.as_ref()].concat()
}
