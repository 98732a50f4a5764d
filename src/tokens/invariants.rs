//! Invariants of tokens, for any input.
#![expect(clippy::missing_panics_doc, reason = "to panic is what they are for")]

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::key_set::{Jwk, Key, KeySet};
use super::signing_keys::generate;
use super::{AccessTokens, Bearer, OpaqueTokens, RefreshToken};
use crate::config::Config;
use crate::db::{SessionId, UserId};
use crate::entropy::SeededEntropy;
use crate::metrics::Metrics;
use crate::secret::Secret;

/// Tokens of one key, one of each kind.
struct Issued {
    access: AccessTokens,
    access_text: String,
    opaque: OpaqueTokens,
    opaque_text: String,
    opaque_hash: Vec<u8>,
    now: DateTime<Utc>,
}

static ISSUED: LazyLock<Option<Issued>> = LazyLock::new(issue);

fn issue() -> Option<Issued> {
    let config = Config::load(&BTreeMap::new(), None).ok()?.tokens;
    let now = DateTime::from_timestamp(1_800_000_000, 0)?;
    let (public, private) = generate(config.algorithm).ok()?;
    let jwk = Jwk::new("ours", Algorithm::ES256, &public)?;
    let key = Key {
        kid: "ours".to_owned(),
        algorithm: Algorithm::ES256,
        encoding: EncodingKey::from_ec_der(&private),
        decoding: DecodingKey::from_ec_components(&jwk.x, jwk.y.as_ref()?).ok()?,
        jwk,
        signs_from: now,
        verifies_until: None,
    };
    let access = AccessTokens::new(&config, KeySet::new([key]), Arc::new(Metrics::new()));
    let entropy = SeededEntropy::new(1);
    let bearer = Bearer {
        user_id: UserId(Uuid::from_u128(1)),
        session_id: SessionId(Uuid::from_u128(2)),
        generation: 3,
        authenticated_at: now,
        methods: "pwd",
        is_multi_factor: false,
    };
    let minted = access.mint(bearer, now, &entropy).ok()?;
    let opaque = OpaqueTokens::new(&Secret::new(&[3; 32]), "fuzzing").ok()?;
    let (opaque_text, opaque_hash) = opaque.mint(&entropy);
    Some(Issued {
        access,
        access_text: minted.token.expose_secret().to_owned(),
        opaque,
        opaque_text: opaque_text.expose_secret().to_owned(),
        opaque_hash,
        now,
    })
}

/// Only issued texts are tokens, and a refresh token has exactly one spelling.
///
/// The text is also inserted into a real token: its first byte gives the position, its second how much it replaces.
pub fn tokens(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(token) = RefreshToken::parse(&text) {
        assert_eq!(token.to_text().expose_secret(), text);
    }
    assert!(ISSUED.is_some(), "the tokens could not be made");
    let Some(issued) = &*ISSUED else { return };
    check_access(issued, &text);
    check_opaque(issued, &text);
    if let [at, length, new @ ..] = data {
        let new = String::from_utf8_lossy(new);
        let changed = |text: &str| changed(text, (usize::from(*at), usize::from(*length)), &new);
        check_access(issued, &changed(&issued.access_text));
        check_opaque(issued, &changed(&issued.opaque_text));
    }
}

/// Returns `text` with a part of it replaced by `new`.
fn changed(text: &str, (at, length): (usize, usize), new: &str) -> String {
    let at = at * text.len() / 256;
    let end = (at + length).min(text.len());
    [&text[..at], new, &text[end..]].concat()
}

fn check_access(issued: &Issued, text: &str) {
    let verified = issued.access.verify(text, issued.now);
    assert_eq!(verified.is_ok(), text == issued.access_text, "{text}");
}

fn check_opaque(issued: &Issued, text: &str) {
    let hash = issued.opaque.recognise(text);
    let is_known = hash.as_ref() == Some(&issued.opaque_hash);
    assert_eq!(is_known, text == issued.opaque_text, "{text}");
}
