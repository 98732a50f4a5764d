//! What the browser sends after a ceremony: the JSON of `PublicKeyCredential.toJSON()` (section 5.1).

use ciborium::Value;
use serde::Deserialize;

use super::authenticator_data::{AuthenticatorData, MAX_CREDENTIAL_ID_BYTES};
use super::base64url::Base64Url;
use super::client_data::ClientData;
use super::json_object::Object;
use super::{Transport, WebauthnError, cbor, json_object};

/// The maximum size of a response in bytes. The largest of the standard's test vectors has 3 KiB.
const MAX_BYTES: usize = 16 * 1024;

/// The maximum length of a user handle in bytes (section 5.4.3).
const MAX_USER_HANDLE_BYTES: usize = 64;

/// The outer object of both responses. `authenticatorAttachment` and `clientExtensionResults` are hints of the browser
/// and are ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire<T> {
    id: Base64Url,
    raw_id: Base64Url,
    #[serde(rename = "type")]
    kind: String,
    response: Object<T>,
}

/// `AuthenticatorAttestationResponseJSON`. The copies of the public key and authenticator data are ignored: the
/// attestation object has both.
#[derive(Deserialize)]
struct WireAttestation {
    #[serde(rename = "clientDataJSON")]
    client_data_json: Base64Url,
    #[serde(rename = "attestationObject")]
    attestation_object: Base64Url,
    #[serde(default)]
    transports: Option<Vec<String>>,
}

/// `AuthenticatorAssertionResponseJSON`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireAssertion {
    #[serde(rename = "clientDataJSON")]
    client_data_json: Base64Url,
    authenticator_data: Base64Url,
    signature: Base64Url,
    #[serde(default)]
    user_handle: Option<Base64Url>,
}

/// The parsed response of a registration. Nothing in it is verified.
#[derive(Debug)]
pub(crate) struct RegistrationResponse {
    pub(super) credential_id: Vec<u8>,
    pub(super) client_data: ClientData,
    pub(super) authenticator_data: AuthenticatorData,
    pub(super) transports: Vec<Transport>,
}

impl RegistrationResponse {
    /// Parses `RegistrationResponseJSON` of at most 16 KiB. Unknown members are ignored.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, WebauthnError> {
        let (credential_id, response): (_, WireAttestation) = read(json)?;
        let named = response.transports.unwrap_or_default();
        let has = |it: &Transport| named.iter().any(|name| name == it.name());
        Ok(Self {
            credential_id,
            client_data: ClientData::parse(&response.client_data_json.0)?,
            authenticator_data: of_attestation_object(&response.attestation_object.0)?,
            transports: Transport::ALL.into_iter().filter(has).collect(),
        })
    }

    /// Returns the challenge, for [`Challenges::verify`](super::Challenges::verify).
    pub(crate) fn challenge(&self) -> &[u8] {
        &self.client_data.challenge.0
    }
}

/// The parsed response of an authentication. Nothing in it is verified.
#[derive(Debug)]
pub(crate) struct AuthenticationResponse {
    pub(super) credential_id: Vec<u8>,
    pub(super) client_data_json: Vec<u8>,
    pub(super) client_data: ClientData,
    pub(super) authenticator_data_bytes: Vec<u8>,
    pub(super) authenticator_data: AuthenticatorData,
    pub(super) signature: Vec<u8>,
    pub(super) user_handle: Option<Vec<u8>>,
}

impl AuthenticationResponse {
    /// Parses `AuthenticationResponseJSON` of at most 16 KiB. Unknown members are ignored.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, WebauthnError> {
        let (credential_id, response): (_, WireAssertion) = read(json)?;
        let user_handle = response.user_handle.map(|it| it.0);
        let is_handle = |it: &Vec<u8>| (1..=MAX_USER_HANDLE_BYTES).contains(&it.len());
        if !user_handle.as_ref().is_none_or(is_handle) {
            return Err(WebauthnError::MalformedResponse);
        }
        Ok(Self {
            credential_id,
            client_data: ClientData::parse(&response.client_data_json.0)?,
            client_data_json: response.client_data_json.0,
            authenticator_data: AuthenticatorData::parse(&response.authenticator_data.0)?,
            authenticator_data_bytes: response.authenticator_data.0,
            signature: response.signature.0,
            user_handle,
        })
    }

    /// Returns the challenge, for [`Challenges::verify`](super::Challenges::verify).
    pub(crate) fn challenge(&self) -> &[u8] {
        &self.client_data.challenge.0
    }

    /// Returns the credential ID, to look up the stored credential.
    pub(crate) fn credential_id(&self) -> &[u8] {
        &self.credential_id
    }

    /// Returns the user handle: the bytes of the user's id, for a discoverable credential.
    pub(crate) fn user_handle(&self) -> Option<&[u8]> {
        self.user_handle.as_deref()
    }
}

/// Reads the outer object; returns the credential ID and the inner object.
fn read<T: for<'a> Deserialize<'a>>(json: &[u8]) -> Result<(Vec<u8>, T), WebauthnError> {
    if json.len() > MAX_BYTES {
        return Err(WebauthnError::TooLarge);
    }
    let wire: Wire<T> = json_object::read(json).ok_or(WebauthnError::MalformedResponse)?;
    let id = wire.id.0;
    let is_id = (1..=MAX_CREDENTIAL_ID_BYTES).contains(&id.len()) && id == wire.raw_id.0;
    if !is_id || wire.kind != "public-key" {
        return Err(WebauthnError::MalformedResponse);
    }
    Ok((id, wire.response.0))
}

/// Reads the authenticator data of an attestation object (section 6.5.4). The statement is not verified, whatever its
/// format: the options ask for none, and some authenticators send one nevertheless.
pub(super) fn of_attestation_object(bytes: &[u8]) -> Result<AuthenticatorData, WebauthnError> {
    let read = || {
        let mut object = cbor::read_all(bytes)?.into_map().ok()?;
        cbor::take(&mut object, "fmt")?.into_text().ok()?;
        cbor::take(&mut object, "attStmt")?.into_map().ok()?;
        let data = cbor::take(&mut object, "authData")?;
        Value::into_bytes(data).ok()
    };
    let data = read().ok_or(WebauthnError::MalformedAttestationObject)?;
    AuthenticatorData::parse(&data)
}
