//! Minting and checking tokens, and the keys that sign them.
//!
//! Knows no user and no session beyond their identifiers. Owns `signing_keys`. Invariants: no bearer
//! secret is stored, only its keyed hash; a private key is stored encrypted; a token names its key, and
//! the key alone decides the algorithm.

mod access_token;
mod key_set;
mod opaque;
mod refresh_token;
mod signing_keys;

pub(crate) use access_token::{AccessTokens, Fault};
pub(crate) use key_set::KeySet;
pub(crate) use opaque::OpaqueTokens;
pub(crate) use refresh_token::{RefreshToken, RefreshTokens};
pub(crate) use signing_keys::SigningKeys;
