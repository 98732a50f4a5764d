//! The signing keys in memory: the current one, those that verify, and the public keys as JWKS.

use std::collections::HashMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use serde::Serialize;

/// A key that is ready for use.
#[derive(Clone)]
pub(crate) struct Key {
    pub(super) kid: String,
    pub(super) algorithm: Algorithm,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
    pub(super) jwk: Jwk,
    pub(super) signs_from: DateTime<Utc>,
    pub(super) verifies_until: Option<DateTime<Utc>>,
}

/// The public half of a key (RFC 7517; RFC 7518, section 6.2; RFC 8037, section 2).
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Jwk {
    kid: String,
    kty: &'static str,
    crv: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
    alg: &'static str,
    pub(super) x: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) y: Option<String>,
}

/// All keys that sign or verify now or in the future.
#[derive(Clone, Default)]
pub(crate) struct KeySet {
    keys: HashMap<String, Key>,
}

impl Jwk {
    /// Creates a key from a raw public key: an uncompressed point on P-256, or 32 bytes of Ed25519.
    pub(super) fn new(kid: &str, algorithm: Algorithm, public_key: &[u8]) -> Option<Self> {
        let text = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let (kty, crv, alg, x, y) = match (algorithm, public_key) {
            (Algorithm::ES256, [4, point @ ..]) if point.len() == 64 => (
                "EC",
                "P-256",
                "ES256",
                text(&point[..32]),
                Some(text(&point[32..])),
            ),
            (Algorithm::EdDSA, point) if point.len() == 32 => {
                ("OKP", "Ed25519", "EdDSA", text(point), None)
            }
            _ => return None,
        };
        Some(Self {
            kid: kid.to_owned(),
            kty,
            crv,
            usage: "sig",
            alg,
            x,
            y,
        })
    }
}

impl KeySet {
    /// Creates the set of these keys.
    pub(super) fn new(keys: impl IntoIterator<Item = Key>) -> Self {
        Self {
            keys: keys.into_iter().map(|key| (key.kid.clone(), key)).collect(),
        }
    }

    /// Returns the key that signs at `now`: the newest one that is active. If none is active, the first one, because
    /// the clock was ahead when it was created.
    pub(super) fn signing(&self, now: DateTime<Utc>) -> Option<&Key> {
        let begin = |key: &&Key| (key.signs_from, key.kid.clone());
        let begun = self.keys.values().filter(|key| key.signs_from <= now);
        let first = || self.keys.values().min_by_key(begin);
        begun.max_by_key(begin).or_else(first)
    }

    /// Returns the key named `kid` if it verifies at `now`.
    pub(super) fn verifying(&self, kid: &str, now: DateTime<Utc>) -> Option<&Key> {
        self.keys
            .get(kid)
            .filter(|key| key.verifies_until.is_none_or(|end| now < end))
    }

    /// Returns the public keys that verify at `now`, oldest first.
    pub(crate) fn published(&self, now: DateTime<Utc>) -> Vec<&Jwk> {
        let mut keys: Vec<&Key> = self
            .keys
            .values()
            .filter(|key| key.verifies_until.is_none_or(|end| now < end))
            .collect();
        keys.sort_by(|a, b| (a.signs_from, &a.kid).cmp(&(b.signs_from, &b.kid)));
        keys.into_iter().map(|key| &key.jwk).collect()
    }
}
