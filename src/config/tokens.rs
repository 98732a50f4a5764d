//! Settings of sessions, tokens and signing keys.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretSlice};

use super::Profile;
use super::reader::Reader;
use crate::secret::MIN_BYTES;

/// Access tokens, refresh tokens, sessions and signing keys.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The master secret; `None` if it is stored in `data/secret`.
    pub secret: Option<SecretSlice<u8>>,
    /// The `iss` of the access tokens: the public URL without a trailing slash.
    pub issuer: String,
    /// The `aud` of the access tokens.
    pub audience: String,
    /// The `client_id` of the access tokens (RFC 9068, section 2.2).
    pub client_id: String,
    /// The algorithm of new signing keys.
    pub algorithm: SigningAlgorithm,
    /// The lifetime of an access token.
    pub access_ttl: TimeDelta,
    /// How long a session may be idle before it expires.
    pub refresh_ttl: TimeDelta,
    /// The maximum lifetime of a session.
    pub session_ttl: TimeDelta,
    /// How long an authentication is recent.
    pub step_up_ttl: TimeDelta,
    /// How long a rotated refresh token still returns the next one.
    pub reuse_interval: TimeDelta,
    /// How long a rotated refresh token returns the next one again if nothing shows that the first response arrived.
    pub lost_answer_interval: TimeDelta,
    /// The tolerated clock difference when the times in a token are checked.
    pub leeway: TimeDelta,
    /// The maximum number of verified access tokens in the cache.
    pub cache_entries: usize,
    /// How long a new signing key is published before it signs.
    pub key_activation_delay: TimeDelta,
    /// How often a running instance checks for new signing keys.
    pub key_reload_interval: Duration,
}

/// The signature algorithms of access tokens. RSA PKCS#1 v1.5 is excluded (ASVS 5.0, 11.6.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningAlgorithm {
    /// ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4).
    Es256,
    /// Ed25519 (RFC 8037).
    EdDsa,
}

impl Tokens {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let secret = reader.parsed(
            "GATEHOUSE_SECRET",
            "32 or more random bytes in base64, such as `openssl rand -base64 32` prints",
            secret,
        );
        let algorithm = reader.choice(
            "GATEHOUSE_TOKEN_ALGORITHM",
            &[
                ("ES256", SigningAlgorithm::Es256),
                ("EdDSA", SigningAlgorithm::EdDsa),
            ],
        );
        let access_ttl = reader.span("GATEHOUSE_ACCESS_TOKEN_TTL", "1s", "1h");
        let refresh_ttl = reader.span("GATEHOUSE_REFRESH_TOKEN_TTL", "1m", "365d");
        let session_ttl = reader.span("GATEHOUSE_SESSION_TTL", "1m", "365d");
        let step_up_ttl = reader.span("GATEHOUSE_STEP_UP_TTL", "1m", "1h");
        let reuse_interval = reader.span("GATEHOUSE_REUSE_INTERVAL", "0s", "5m");
        let lost_answer_interval = reader.span("GATEHOUSE_LOST_ANSWER_INTERVAL", "0s", "24h");
        let leeway = reader.span("GATEHOUSE_TOKEN_LEEWAY", "0s", "5s");
        let cache_entries = reader.number("GATEHOUSE_TOKEN_CACHE", 0, 10_000_000);
        let key_activation_delay = reader.span("GATEHOUSE_KEY_ACTIVATION_DELAY", "2m", "7d");
        let key_reload_interval = reader.duration("GATEHOUSE_KEY_RELOAD_INTERVAL", "1s", "1m");
        let issuer = reader
            .text("GATEHOUSE_PUBLIC_URL")
            .trim_end_matches('/')
            .to_owned();
        let audience = match reader.text("GATEHOUSE_AUDIENCE").trim() {
            "" => issuer.clone(),
            text => text.to_owned(),
        };
        let client_id = match reader.text("GATEHOUSE_CLIENT_ID").trim() {
            "" => audience.clone(),
            text => text.to_owned(),
        };
        let secret = secret?;
        if secret.is_none() && reader.profile == Profile::Production {
            reader.reject(
                "GATEHOUSE_SECRET",
                "32 or more random bytes in base64 in production",
            );
        }
        Some(Self {
            secret,
            issuer,
            audience,
            client_id,
            algorithm: algorithm?,
            access_ttl: access_ttl?,
            refresh_ttl: refresh_ttl?,
            session_ttl: session_ttl?,
            step_up_ttl: step_up_ttl?,
            reuse_interval: reuse_interval?,
            lost_answer_interval: lost_answer_interval?,
            leeway: leeway?,
            cache_entries: cache_entries?,
            key_activation_delay: key_activation_delay?,
            key_reload_interval: key_reload_interval?,
        })
    }
}

/// Returns `Some(None)` if nothing is set, and `None` if the value is invalid.
#[expect(
    clippy::option_option,
    reason = "absent and unusable are different things here"
)]
pub(super) fn secret(text: &str) -> Option<Option<SecretSlice<u8>>> {
    if text.is_empty() {
        return Some(None);
    }
    let bytes: SecretSlice<u8> = BASE64_STANDARD.decode(text).ok()?.into();
    let exposed = bytes.expose_secret();
    let varied = exposed
        .iter()
        .collect::<std::collections::BTreeSet<_>>()
        .len()
        >= 8;
    (exposed.len() >= MIN_BYTES && varied).then(|| Some(bytes.clone()))
}
