//! Issues and verifies tokens, and manages the keys that sign them.
//!
//! Knows users and sessions by their ids only. Owns `signing_keys` and `one_time_tokens`. Invariants: of a bearer
//! secret only the keyed hash is stored; a private key is stored encrypted; a token names its key, and the key alone
//! determines the algorithm.

mod access_token;
mod claims;
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

pub(crate) use access_token::{AccessTokens, TokenError};
pub(crate) use claims::Bearer;
pub(crate) use key_set::KeySet;
pub(crate) use one_time::{
    Effect, NewToken, OneTimeToken, OneTimeTokenError, OneTimeTokens, Purpose, consume_token,
    lock_tokens, oldest_token,
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
