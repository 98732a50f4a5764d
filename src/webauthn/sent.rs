//! Responses of a browser, read and written without the code that verifies them: what the invariants compare with.
#![expect(clippy::unwrap_used, reason = "to panic is what it is for")]

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Value, json};

use super::base64url::{Base64Url, encode};
use super::client_data::ClientData;
use super::{Transport, cbor};

/// The relying party of the published ceremonies.
pub(super) const RP_ID: &str = "example.org";
pub(super) const ORIGINS: [&str; 2] = ["https://example.org", "https://app.example.org"];

/// The flags UP and UV.
const PRESENT_AND_VERIFIED: u8 = 0x05;
/// The flags BE and BS, and BS alone.
const BACKUP: u8 = 0x18;
const BACKED_UP_ONLY: u8 = 0x10;

/// A response as another reader of JSON sees it.
pub(super) struct Sent {
    json: Value,
    /// The bytes of the client data.
    pub(super) client_data: Vec<u8>,
    client_data_json: Value,
}

impl Sent {
    /// Returns `None` for what only a more lenient reader accepts, such as deep nesting in ignored members.
    pub(super) fn read(json: &[u8]) -> Option<Self> {
        let json: Value = serde_json::from_slice(json).ok()?;
        let client_data = bytes(&json["response"]["clientDataJSON"]);
        let text = client_data.strip_prefix(b"\xef\xbb\xbf");
        let client_data_json = serde_json::from_slice(text.unwrap_or(&client_data)).ok()?;
        Some(Self {
            json,
            client_data,
            client_data_json,
        })
    }

    /// Returns the bytes of a member of the inner object.
    pub(super) fn bytes(&self, name: &str) -> Vec<u8> {
        bytes(&self.json["response"][name])
    }

    /// Asserts that both readers agree.
    pub(super) fn check(&self, credential_id: &[u8], client_data: &ClientData) {
        assert!((1..=1023).contains(&credential_id.len()));
        assert_eq!(self.json["id"], encode(credential_id));
        assert_eq!(self.json["rawId"], self.json["id"]);
        assert_eq!(self.json["type"], "public-key");
        let expected = &self.client_data_json;
        assert_eq!(expected["type"], client_data.kind);
        assert_eq!(expected["challenge"], encode(&client_data.challenge.0));
        assert_eq!(expected["origin"], client_data.origin);
        assert_eq!(expected["crossOrigin"].as_bool(), client_data.cross_origin);
        assert_eq!(
            expected["topOrigin"].as_str(),
            client_data.top_origin.as_deref()
        );
    }

    /// Asserts that a registration names these transports.
    pub(super) fn check_transports(&self, transports: &[Transport]) {
        let named = &self.json["response"]["transports"];
        for transport in transports {
            let mut named = named.as_array().unwrap().iter();
            assert!(named.any(|name| name == transport.name()));
        }
        // Each once, in their order.
        let mut known = Transport::ALL.iter();
        assert!(transports.iter().all(|it| known.any(|known| known == it)));
    }

    /// Asserts what an accepted response says, with this authenticator data.
    pub(super) fn check_accepted(&self, kind: &str, challenge: &[u8], data: &[u8]) {
        let client_data = &self.client_data_json;
        assert_eq!(client_data["type"], kind);
        assert_eq!(client_data["challenge"], encode(challenge));
        assert!(ORIGINS.iter().any(|it| client_data["origin"] == *it));
        assert_ne!(client_data["crossOrigin"], true);
        assert!(client_data["topOrigin"].is_null());
        assert_eq!(data[..32], *digest(&SHA256, RP_ID.as_bytes()).as_ref());
        assert_eq!(data[32] & PRESENT_AND_VERIFIED, PRESENT_AND_VERIFIED);
        assert_ne!(data[32] & BACKUP, BACKED_UP_ONLY);
    }
}

fn bytes(text: &Value) -> Vec<u8> {
    let text = text.as_str().unwrap().to_owned();
    Base64Url::try_from(text).unwrap().0
}

/// Returns the authenticator data in an attestation object that was accepted.
pub(super) fn authenticator_data_in(object: &[u8]) -> Vec<u8> {
    let mut members = cbor::read_all(object).unwrap().into_map().unwrap();
    let data = cbor::take(&mut members, "authData").unwrap();
    data.into_bytes().unwrap()
}

/// Returns an attestation object without attestation.
pub(super) fn attestation_object(data: &[u8]) -> Vec<u8> {
    let members = vec![
        ("fmt".into(), "none".into()),
        ("attStmt".into(), ciborium::Value::Map(Vec::new())),
        ("authData".into(), data.into()),
    ];
    let mut bytes = Vec::new();
    ciborium::into_writer(&ciborium::Value::Map(members), &mut bytes).unwrap();
    bytes
}

/// Returns the response of a registration.
pub(super) fn registration_json(
    id: &[u8],
    client_data: &[u8],
    object: &[u8],
    transports: &[&str],
) -> Vec<u8> {
    let mut response = json!({
        "clientDataJSON": encode(client_data),
        "attestationObject": encode(object),
    });
    if !transports.is_empty() {
        response["transports"] = json!(transports);
    }
    credential_json(id, &response)
}

/// Returns the response of an authentication with client data, authenticator data and signature.
pub(super) fn authentication_json(
    id: &[u8],
    parts: &[Vec<u8>; 3],
    user_handle: Option<&[u8]>,
) -> Vec<u8> {
    let [client_data, authenticator_data, signature] = parts.each_ref().map(|it| encode(it));
    let mut response = json!({
        "clientDataJSON": client_data,
        "authenticatorData": authenticator_data,
        "signature": signature,
    });
    if let Some(handle) = user_handle {
        response["userHandle"] = json!(encode(handle));
    }
    credential_json(id, &response)
}

fn credential_json(id: &[u8], response: &Value) -> Vec<u8> {
    let id = encode(id);
    let json = json!({"id": id, "rawId": id, "type": "public-key", "response": response});
    json.to_string().into_bytes()
}
