//! A passkey's key pair, and the messages of a browser about it. The unit tests of the relying party use this file too.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RsaKeyPair, RsaPublicKeyComponents,
};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ciborium::Value;
use serde_json::json;

/// The numbers of algorithms (IANA COSE registry).
pub(crate) const ES256: i64 = -7;
pub(crate) const EDDSA: i64 = -8;
pub(crate) const RS256: i64 = -257;

/// The flags of authenticator data.
pub(crate) const UP: u8 = 0x01;
pub(crate) const UV: u8 = 0x04;
pub(crate) const BE: u8 = 0x08;
pub(crate) const BS: u8 = 0x10;
pub(crate) const AT: u8 = 0x40;

/// The model of the authenticator.
pub(crate) const AAGUID: [u8; 16] = [0xaa; 16];

pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

/// Encodes bytes as base64url.
pub(crate) fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Writes a map with integer keys as CBOR.
pub(crate) fn cbor_map(members: Vec<(i64, Value)>) -> Vec<u8> {
    let members = members
        .into_iter()
        .map(|(key, value)| (key.into(), value))
        .collect();
    to_cbor(&Value::Map(members))
}

pub(crate) fn to_cbor(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

/// Returns authenticator data, with the ID and COSE key of a new passkey in it.
pub(crate) fn authenticator_data(
    rp_id: &str,
    flags: u8,
    counter: u32,
    created: Option<(&[u8], &[u8])>,
) -> Vec<u8> {
    let mut data = sha256(rp_id.as_bytes());
    data.push(flags);
    data.extend(counter.to_be_bytes());
    if let Some((id, cose)) = created {
        data.extend(AAGUID);
        data.extend(u16::try_from(id.len()).unwrap().to_be_bytes());
        data.extend(id);
        data.extend(cose);
    }
    data
}

pub(crate) fn attestation_object(
    fmt: &str,
    statement: Value,
    authenticator_data: &[u8],
) -> Vec<u8> {
    to_cbor(&Value::Map(vec![
        ("fmt".into(), fmt.into()),
        ("attStmt".into(), statement),
        ("authData".into(), authenticator_data.into()),
    ]))
}

pub(crate) fn registration_json(id: &[u8], client_data: &[u8], object: &[u8]) -> Vec<u8> {
    let json = json!({
        "id": encode(id),
        "rawId": encode(id),
        "type": "public-key",
        "authenticatorAttachment": "platform",
        "clientExtensionResults": {"credProps": {"rk": true}},
        "response": {
            "clientDataJSON": encode(client_data),
            "attestationObject": encode(object),
            "transports": ["internal", "hybrid"],
        },
    });
    json.to_string().into_bytes()
}

/// A key pair of a passkey.
pub(crate) enum Key {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    Rs256(RsaKeyPair),
}

impl Key {
    pub(crate) fn generate(algorithm: i64) -> Self {
        match algorithm {
            ES256 => Self::Es256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap()),
            EDDSA => Self::EdDsa(Ed25519KeyPair::generate().unwrap()),
            RS256 => Self::Rs256(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()),
            _ => panic!("no algorithm {algorithm}"),
        }
    }

    /// The public key as a COSE key.
    pub(crate) fn cose(&self) -> Vec<u8> {
        match self {
            Self::Es256(pair) => {
                let point = pair.public_key().as_ref();
                cbor_map(vec![
                    (1, 2.into()),
                    (3, ES256.into()),
                    (-1, 1.into()),
                    (-2, point[1..33].into()),
                    (-3, point[33..].into()),
                ])
            }
            Self::EdDsa(pair) => cbor_map(vec![
                (1, 1.into()),
                (3, EDDSA.into()),
                (-1, 6.into()),
                (-2, pair.public_key().as_ref().into()),
            ]),
            Self::Rs256(pair) => {
                let RsaPublicKeyComponents { n, e } = pair.public_key().into();
                cbor_map(vec![
                    (1, 3.into()),
                    (3, RS256.into()),
                    (-1, Value::Bytes(n)),
                    (-2, Value::Bytes(e)),
                ])
            }
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Es256(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .unwrap();
                signature
            }
        }
    }
}

/// The parts of an authentication response.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) id: Vec<u8>,
    pub(crate) client_data: Vec<u8>,
    pub(crate) authenticator_data: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    pub(crate) user_handle: Option<Vec<u8>>,
}

impl Signed {
    /// Signs authenticator data and the hash of client data (Web Authentication, section 6.3.3).
    pub(crate) fn new(
        key: &Key,
        id: &[u8],
        authenticator_data: Vec<u8>,
        client_data: Vec<u8>,
    ) -> Self {
        let message = [authenticator_data.as_slice(), &sha256(&client_data)].concat();
        Self {
            id: id.to_vec(),
            signature: key.sign(&message),
            client_data,
            authenticator_data,
            user_handle: None,
        }
    }

    pub(crate) fn json(&self) -> Vec<u8> {
        let json = json!({
            "id": encode(&self.id),
            "rawId": encode(&self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(&self.client_data),
                "authenticatorData": encode(&self.authenticator_data),
                "signature": encode(&self.signature),
                "userHandle": self.user_handle.as_deref().map(encode),
            },
        });
        json.to_string().into_bytes()
    }
}
