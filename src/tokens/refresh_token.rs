//! Refresh tokens: a chain of values, each derived from the one before.
//!
//! A token consists of its session, its position in the chain (generation) and 256 bits. The first value is random; the
//! next is an HMAC of the one before under a separate key. Therefore any instance can return the next refresh token
//! again, though only the hash of the newest is stored. An old token is distinguished from a forged one by deriving
//! forward from it, without storing the hashes of old ones.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use quick_cache::sync::Cache;
use secrecy::SecretString;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::db::SessionId;
use crate::entropy::{self, Entropy};
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

const BYTES: usize = 16 + 4 + 32;
/// More rotations than any session can have. Real sessions rotate every 15 minutes; once a second for 365 days would be
/// 31 million. Bounds the work that a forged generation can cause.
const MAX_STEPS: u32 = 100_000;

/// For how many sessions the last seen generation is remembered. If one is forgotten, a statement is repeated.
const SESSIONS_REMEMBERED: usize = 10_000;

/// A refresh token.
#[derive(Clone)]
pub(crate) struct RefreshToken {
    /// The session.
    pub(crate) session_id: SessionId,
    /// The position in the chain, from 0.
    pub(crate) generation: u32,
    value: Zeroizing<[u8; 32]>,
}

/// The keys of the chain.
pub(crate) struct RefreshTokens {
    successor: KeyedHash,
    stored: KeyedHash,
    /// The newest generation of each session that this process has seen.
    seen: Cache<SessionId, i32>,
}

impl RefreshTokens {
    /// Derives the keys.
    pub(crate) fn new(secret: &Secret) -> Result<Self, InternalError> {
        Ok(Self {
            successor: secret.keyed_hash("refresh token successor")?,
            stored: secret.keyed_hash("refresh token hash")?,
            seen: Cache::new(SESSIONS_REMEMBERED),
        })
    }

    /// Returns whether this process sees `generation` of a session for the first time, so that one of many concurrent
    /// requests records it.
    pub(crate) fn is_first_sight(&self, session_id: SessionId, generation: i32) -> bool {
        let is_known = self.seen.get(&session_id) >= Some(generation);
        if !is_known {
            self.seen.insert(session_id, generation);
        }
        !is_known
    }

    /// Returns the next refresh token after `token`, which is always the same.
    pub(crate) fn next(&self, token: &RefreshToken) -> RefreshToken {
        let generation = token.generation + 1;
        let session = token.session_id.0.as_bytes();
        let value =
            self.successor
                .hash(&[session, &generation.to_be_bytes(), token.value.as_slice()]);
        RefreshToken {
            generation,
            value: Zeroizing::new(value),
            ..token.clone()
        }
    }

    /// Returns the token of `generation` derived from `token`; `None` if that is behind it or too far ahead.
    pub(crate) fn forward(&self, token: &RefreshToken, generation: u32) -> Option<RefreshToken> {
        let steps = generation
            .checked_sub(token.generation)
            .filter(|steps| *steps <= MAX_STEPS)?;
        Some((0..steps).fold(token.clone(), |token, _| self.next(&token)))
    }

    /// Returns the hash that is stored for `token`.
    pub(crate) fn hash(&self, token: &RefreshToken) -> Vec<u8> {
        self.stored.hash(&[&token.to_bytes()[..]]).to_vec()
    }

    /// Returns whether `token` is the one that was stored as `hash`. Takes the same time for any answer.
    pub(crate) fn is_stored_as(&self, token: &RefreshToken, hash: &[u8]) -> bool {
        verify_slices_are_equal(&self.hash(token), hash).is_ok()
    }
}

impl RefreshToken {
    /// Creates the first token of a session.
    pub(crate) fn first(session_id: SessionId, entropy: &dyn Entropy) -> Self {
        Self {
            session_id,
            generation: 0,
            value: Zeroizing::new(entropy::bytes(entropy)),
        }
    }

    /// Parses the output of [`RefreshToken::to_text`]; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes =
            (text.len() <= 2 * BYTES).then(|| BASE64_URL_SAFE_NO_PAD.decode(text).ok())??;
        let (session, rest) = Zeroizing::new(bytes)
            .split_first_chunk()
            .map(|(a, b)| (*a, b.to_vec()))?;
        let rest = Zeroizing::new(rest);
        let (generation, value) = rest.split_first_chunk()?;
        Some(Self {
            session_id: SessionId(Uuid::from_bytes(session)),
            generation: u32::from_be_bytes(*generation),
            value: Zeroizing::new(value.try_into().ok()?),
        })
    }

    /// Returns the token as text.
    pub(crate) fn to_text(&self) -> SecretString {
        BASE64_URL_SAFE_NO_PAD.encode(&self.to_bytes()[..]).into()
    }

    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let session = self.session_id.0.as_bytes().as_slice();
        Zeroizing::new(
            [
                session,
                &self.generation.to_be_bytes(),
                self.value.as_slice(),
            ]
            .concat(),
        )
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::{RefreshToken, RefreshTokens};
    use crate::db::SessionId;
    use crate::entropy::SeededEntropy;
    use crate::secret::Secret;

    fn chain() -> (RefreshTokens, RefreshToken) {
        let tokens = RefreshTokens::new(&Secret::new(&[3; 32])).unwrap();
        let first =
            RefreshToken::first(SessionId(uuid::Uuid::from_u128(7)), &SeededEntropy::new(1));
        (tokens, first)
    }

    #[test]
    fn a_token_survives_the_way_through_text() {
        let (tokens, first) = chain();
        let read = RefreshToken::parse(first.to_text().expose_secret()).unwrap();
        assert_eq!(tokens.hash(&read), tokens.hash(&first));
    }

    #[test]
    fn the_chain_is_the_same_however_it_is_walked() {
        let (tokens, first) = chain();
        let third = tokens.next(&tokens.next(&tokens.next(&first)));
        let jumped = tokens.forward(&first, 3).unwrap();
        assert_eq!(tokens.hash(&third), tokens.hash(&jumped));
        assert!(tokens.forward(&third, 2).is_none());
        assert!(tokens.forward(&first, u32::MAX).is_none());
    }

    #[test]
    fn nothing_else_parses() {
        let (_, first) = chain();
        let text = first.to_text();
        let text = text.expose_secret();
        for wrong in [
            "",
            "x",
            &text[1..],
            &format!("{text}A"),
            &format!("{text}="),
            &text.repeat(100),
        ] {
            assert!(RefreshToken::parse(wrong).is_none(), "{wrong}");
        }
    }
}
