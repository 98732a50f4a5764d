//! Entry points for the fuzzing in `fuzz/` and for the tests that replay its corpora; not compiled otherwise.
//!
//! Each accepts any bytes, passes them to a parser of untrusted input, and asserts invariants. The assertions are in
//! the `invariants.rs` of each layer.

#[cfg(test)]
mod replay;
mod service;

pub use crate::accounts::invariants::{emails, usernames};
pub use crate::config::invariants::settings;
pub use crate::graphql::invariants::{cursors, documents};
pub use crate::http::invariants::{forwarded, requests};
pub use crate::passwords::invariants::{digests, passwords};
pub use crate::tokens::invariants::tokens;
pub use crate::webauthn::invariants::passkeys;
pub use service::Service;
