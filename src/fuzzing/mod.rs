//! Doors for the fuzzing in `fuzz/` and for the tests that replay its corpora; compiled for nothing else.
//!
//! Each takes any bytes, hands them to what reads strangers' text, and asserts what holds whatever they are.
//! What is asserted stands beside what it is asserted of, in the `oracle.rs` of each layer.

#[cfg(test)]
mod replay;
mod service;

pub use crate::accounts::oracle::{emails, usernames};
pub use crate::config::oracle::settings;
pub use crate::graphql::oracle::{cursors, documents};
pub use crate::http::oracle::{forwarded, requests};
pub use crate::passwords::oracle::passwords;
pub use crate::tokens::oracle::tokens;
pub use service::Service;
