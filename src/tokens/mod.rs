//! Minting and checking tokens, and the keys that sign them.
//!
//! Knows no user and no session beyond their identifiers. Owns `signing_keys` and `one_time_tokens`. Invariants: no bearer
//! secret is stored, only its keyed hash; a private key is stored encrypted; a token names its key, and
//! the key alone decides the algorithm.

mod access_token;
mod compact;
#[cfg(any(test, fuzzing))]
pub(crate) mod invariants;
mod key_set;
mod one_time;
mod opaque;
mod personal_data;
mod refresh_token;
mod revoke_key;
mod sealed_key;
mod signing_keys;
mod token_id;
mod voiding;
#[cfg(test)]
mod wycheproof_tests;

pub(crate) use access_token::{AccessTokens, Bearer, TokenError};
pub(crate) use key_set::KeySet;
pub(crate) use one_time::{
    Effect, NewToken, OneTimeToken, OneTimeTokenError, OneTimeTokens, Purpose, consume_token,
    lock_tokens,
};
pub(crate) use opaque::OpaqueTokens;
pub(crate) use personal_data::{count, export, forget, sweep};
pub(crate) use refresh_token::{RefreshToken, RefreshTokens};
pub(crate) use revoke_key::RevokedKey;
pub(crate) use sealed_key::sealed_key;
pub(crate) use signing_keys::SigningKeys;
pub(crate) use voiding::{
    start_lifetimes, turn_into_verification, void_token, void_tokens, void_tokens_after_reset,
    void_tokens_but_newest, void_tokens_for, void_tokens_since, void_tokens_to,
};
