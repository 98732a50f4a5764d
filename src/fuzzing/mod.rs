//! Doors for the fuzzing in `fuzz/` and for the tests that replay its corpora; compiled for nothing else.
//!
//! Each takes any bytes, hands them to what reads strangers' text, and asserts what holds whatever they are.
//! What is asserted stands beside what it is asserted of, in the `invariants.rs` of each layer.

#[cfg(test)]
mod replay;
mod service;

pub use crate::accounts::invariants::{emails, usernames};
pub use crate::config::invariants::settings;
pub use crate::graphql::invariants::{cursors, documents};
pub use crate::http::invariants::{forwarded, requests};
pub use crate::passwords::invariants::passwords;
pub use crate::tokens::invariants::tokens;
pub use service::Service;
