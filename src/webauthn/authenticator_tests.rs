//! A software authenticator for tests. Every part of its responses can be changed.

use ciborium::Value;
use serde_json::json;

use super::passkey;
use super::{Algorithm, Challenge, ChallengePurpose, RelyingParty};

pub(super) use super::passkey::{
    AT, BE, BS, Key, Signed, UP, UV, attestation_object, cbor_map, encode, registration_json,
    sha256, to_cbor,
};

pub(super) const ED: u8 = 0x80;

pub(super) const CHALLENGE: &[u8] = b"a challenge of more than 16 bytes";

pub(super) fn relying_party() -> RelyingParty {
    let origins = ["https://example.org", "https://app.example.org"];
    RelyingParty::new(
        "example.org".to_owned(),
        "Example".to_owned(),
        origins.map(str::to_owned).to_vec(),
    )
}

pub(super) fn challenge(purpose: ChallengePurpose) -> Challenge {
    Challenge::of_vector(CHALLENGE, purpose)
}

/// An authenticator with one passkey, and what it will answer.
pub(super) struct Authenticator {
    pub(super) key: Key,
    pub(super) id: Vec<u8>,
    pub(super) user_handle: Option<Vec<u8>>,
    pub(super) flags: u8,
    pub(super) counter: u32,
    pub(super) rp_id: &'static str,
    /// What replaces the COSE key in a registration.
    pub(super) cose: Option<Vec<u8>>,
    /// What follows the credential: extension outputs or garbage.
    pub(super) tail: Vec<u8>,
    pub(super) client_data: serde_json::Value,
}

impl Authenticator {
    pub(super) fn new(algorithm: Algorithm, kind: &str) -> Self {
        Self {
            key: Key::generate(algorithm.identifier()),
            id: b"credential".to_vec(),
            user_handle: Some(b"user".to_vec()),
            flags: UP | UV,
            counter: 7,
            rp_id: "example.org",
            cose: None,
            tail: Vec::new(),
            client_data: json!({
                "type": kind,
                "challenge": encode(CHALLENGE),
                "origin": "https://example.org",
                "crossOrigin": false,
            }),
        }
    }

    /// An authenticator that is about to create a passkey.
    pub(super) fn registering(algorithm: Algorithm) -> Self {
        let mut authenticator = Self::new(algorithm, "webauthn.create");
        authenticator.flags |= AT;
        authenticator
    }

    /// An authenticator that is about to use its passkey.
    pub(super) fn authenticating(algorithm: Algorithm) -> Self {
        Self::new(algorithm, "webauthn.get")
    }

    pub(super) fn authenticator_data(&self) -> Vec<u8> {
        let cose = self.cose.clone().unwrap_or_else(|| self.key.cose());
        let created = (self.flags & AT != 0).then_some((self.id.as_slice(), cose.as_slice()));
        let mut data = passkey::authenticator_data(self.rp_id, self.flags, self.counter, created);
        data.extend(&self.tail);
        data
    }

    /// The response of a registration.
    pub(super) fn register(&self) -> Vec<u8> {
        let client_data = self.client_data.to_string();
        let data = self.authenticator_data();
        let object = attestation_object("none", Value::Map(Vec::new()), &data);
        registration_json(&self.id, client_data.as_bytes(), &object)
    }

    /// The response of an authentication.
    pub(super) fn authenticate(&self) -> Signed {
        let client_data = self.client_data.to_string().into_bytes();
        let data = self.authenticator_data();
        Signed {
            user_handle: self.user_handle.clone(),
            ..Signed::new(&self.key, &self.id, data, client_data)
        }
    }
}

/// Every way to spoil `bytes` by one byte, by cutting or by extending them.
pub(super) fn spoiled(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![[bytes, &[0]].concat(), [&[0], bytes].concat()];
    for at in 0..bytes.len() {
        all.push(bytes[..at].to_vec());
        for change in [0x01, 0x80, 0xff] {
            let mut changed = bytes.to_vec();
            changed[at] ^= change;
            all.push(changed);
        }
    }
    all
}
