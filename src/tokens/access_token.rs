//! Access tokens: JWTs of the profile in RFC 9068, verified as RFC 8725 requires.
//!
//! jsonwebtoken signs and checks signatures. Headers, claims and times are checked here, because its defaults skip a
//! claim of the wrong type, allow a minute of leeway and never check `typ` and `crit`.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::digest::{SHA256, digest};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header};
use quick_cache::sync::Cache;
use secrecy::SecretString;
use serde::Deserialize;
use serde::de::IgnoredAny;
use uuid::Uuid;

use super::claims::{Bearer, Claims, WireClaims};
use super::compact::{Parts, decode};
use super::key_set::KeySet;
use super::token_id;
use crate::config;
use crate::db::{SessionId, UserId};
use crate::entropy::Entropy;
use crate::errors::InternalError;
use crate::metrics::Metrics;

/// The maximum size of a token in bytes.
const MAX_BYTES: usize = 4096;
/// The media type of an access token (RFC 9068, section 2.1).
const TYPE: &str = "at+jwt";
/// The longest lifetime that the settings allow. A token that claims more is invalid, and a key that no longer signs is
/// kept for this long, whatever the settings of the instance that rotates it.
pub(super) const MAX_LIFETIME: TimeDelta = TimeDelta::hours(1);

/// The maximum time of `nbf` before `iat`: an issuer may allow for clocks that lag behind its own.
const MIN_START: TimeDelta = TimeDelta::minutes(1);

/// The time of `nbf` before `iat` in issued tokens: a verifier whose clock lags by less than this accepts them.
const HEAD_START: TimeDelta = TimeDelta::seconds(5);

/// The header of a token. Members other than these and [`REFUSED_MEMBERS`] are ignored (RFC 7515, section 4).
#[derive(Deserialize)]
#[expect(
    clippy::zero_sized_map_values,
    reason = "serde collects other members in a map alone"
)]
struct WireHeader {
    alg: String,
    typ: String,
    kid: String,
    #[serde(flatten)]
    others: HashMap<String, IgnoredAny>,
}

/// Header members that name another key or change how the token is read (RFC 7515, section 4.1; RFC 7516, section 4.1;
/// RFC 7797). No version of Gatehouse writes them.
const REFUSED_MEMBERS: [&str; 11] = [
    "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64", "cty", "enc", "zip",
];

/// The claims and the `kid` of the key that signed them.
type Verified = (Claims, Arc<str>);

/// Why an access token is rejected. For the log; the client receives only UNAUTHENTICATED.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TokenError {
    /// The token is genuine but has expired.
    Expired(Claims),
    /// The token was not issued by this service, or was changed. The text is a reason code.
    Invalid(&'static str),
}

/// A newly issued token.
pub(crate) struct MintedToken {
    /// The JWT.
    pub(crate) token: SecretString,
    /// The `exp`.
    pub(crate) expires_at: DateTime<Utc>,
}

/// Mints and verifies access tokens.
pub(crate) struct AccessTokens {
    issuer: String,
    audience: String,
    client_id: String,
    ttl: TimeDelta,
    leeway: TimeDelta,
    keys: RwLock<Arc<KeySet>>,
    /// By hash, so that the tokens themselves are not kept; with the key that signed each, which may be revoked.
    verified: Option<Cache<[u8; 32], Verified>>,
    metrics: Arc<Metrics>,
}

impl AccessTokens {
    /// Creates the issuer and verifier for the given settings and keys.
    pub(crate) fn new(config: &config::Tokens, keys: KeySet, metrics: Arc<Metrics>) -> Self {
        Self {
            issuer: config.issuer.clone(),
            audience: config.audience.clone(),
            client_id: config.client_id.clone(),
            ttl: config.access_ttl,
            leeway: config.leeway,
            keys: RwLock::new(Arc::new(keys)),
            verified: (config.cache_entries > 0).then(|| Cache::new(config.cache_entries)),
            metrics,
        }
    }

    /// Returns the current keys.
    pub(crate) fn keys(&self) -> Arc<KeySet> {
        self.keys
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Replaces the current keys.
    pub(crate) fn replace_keys(&self, keys: KeySet) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    /// Issues a token for `bearer`.
    pub(crate) fn mint(
        &self,
        bearer: Bearer<'_>,
        now: DateTime<Utc>,
        entropy: &dyn Entropy,
    ) -> Result<MintedToken, InternalError> {
        let keys = self.keys();
        let key = keys
            .signing(now)
            .ok_or_else(|| InternalError::new("there is no signing key"))?;
        let header = Header {
            typ: Some(TYPE.to_owned()),
            kid: Some(key.kid.clone()),
            ..Header::new(key.algorithm)
        };
        let exp = (now + self.ttl).timestamp();
        let claims = WireClaims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: bearer.user_id.to_string(),
            sid: bearer.session_id.to_string(),
            iat: now.timestamp(),
            nbf: (now - HEAD_START).timestamp(),
            exp,
            jti: token_id::new(bearer.generation, entropy),
            client_id: self.client_id.clone(),
            auth_time: Some(bearer.authenticated_at.timestamp()),
            amr: bearer.amr(),
            acr: bearer.acr().to_owned(),
        };
        let token =
            jsonwebtoken::encode(&header, &claims, &key.encoding).map_err(InternalError::new)?;
        let expires_at = DateTime::from_timestamp(exp, 0)
            .ok_or_else(|| InternalError::new("exp out of range"))?;
        Ok(MintedToken {
            token: token.into(),
            expires_at,
        })
    }

    /// Verifies everything about a token except its session.
    pub(crate) fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenError> {
        if token.len() > MAX_BYTES {
            return Err(TokenError::Invalid("too_long"));
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        let known = self
            .verified
            .as_ref()
            .and_then(|verified| verified.get(&hash))
            .filter(|(_, kid)| self.keys().verifying(kid, now).is_some());
        let is_known = known.is_some();
        let source = if is_known { "cached" } else { "verified" };
        self.metrics.sessions.access_tokens.increment(source);
        let (claims, kid) = match known {
            Some(known) => known,
            None => self.verify_afresh(token, now)?,
        };
        if now >= claims.expires_at + self.leeway {
            if let Some(verified) = &self.verified {
                verified.remove(&hash);
            }
            return Err(TokenError::Expired(claims));
        }
        if let (false, Some(verified)) = (is_known, &self.verified) {
            verified.insert(hash, (claims, kid));
        }
        Ok(claims)
    }

    fn verify_afresh(&self, token: &str, now: DateTime<Utc>) -> Result<Verified, TokenError> {
        let parts = Parts::of(token).ok_or(TokenError::Invalid("not_three_parts"))?;
        let header: WireHeader = decode(parts.header).ok_or(TokenError::Invalid("header"))?;
        let is_refused = |name: &&str| header.others.contains_key(*name);
        if REFUSED_MEMBERS.iter().any(is_refused) {
            return Err(TokenError::Invalid("header"));
        }
        if header.typ != TYPE {
            return Err(TokenError::Invalid("typ"));
        }
        let keys = self.keys();
        let key = keys
            .verifying(&header.kid, now)
            .ok_or(TokenError::Invalid("kid"))?;
        if Algorithm::from_str(&header.alg) != Ok(key.algorithm) {
            return Err(TokenError::Invalid("alg"));
        }
        if !parts.are_signed_by(key) {
            return Err(TokenError::Invalid("signature"));
        }
        let claims = decode(parts.payload).ok_or(TokenError::Invalid("claims"))?;
        Ok((self.validate(&claims, now)?, header.kid.into()))
    }

    fn validate(&self, claims: &WireClaims, now: DateTime<Utc>) -> Result<Claims, TokenError> {
        if claims.iss != self.issuer {
            return Err(TokenError::Invalid("iss"));
        }
        if claims.aud != self.audience {
            return Err(TokenError::Invalid("aud"));
        }
        let time =
            |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Invalid("time"));
        let (issued_at, not_before, expires_at) =
            (time(claims.iat)?, time(claims.nbf)?, time(claims.exp)?);
        if issued_at > now + self.leeway || not_before > now + self.leeway {
            return Err(TokenError::Invalid("not_yet"));
        }
        if expires_at <= issued_at
            || not_before < issued_at - MIN_START
            || expires_at - issued_at > MAX_LIFETIME
            || claims.jti.is_empty()
        {
            return Err(TokenError::Invalid("lifetime"));
        }
        Ok(Claims {
            user_id: UserId(id(&claims.sub).ok_or(TokenError::Invalid("sub"))?),
            session_id: SessionId(id(&claims.sid).ok_or(TokenError::Invalid("sid"))?),
            generation: token_id::generation(&claims.jti),
            expires_at,
        })
    }
}

/// Parses a UUID in canonical spelling.
fn id(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text)
        .ok()
        .filter(|id| id.to_string() == text)
}

#[cfg(test)]
#[path = "access_token_tests.rs"]
mod tests;
