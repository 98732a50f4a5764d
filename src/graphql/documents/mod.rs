//! Documents: counted, parsed and validated once, kept in a bounded cache, and found by the SHA-256 of their text.
//!
//! Only validated documents are kept, so that invalid ones displace nothing. A cached document skips parsing, limits
//! and, unless its variables affect its cost, validation. The same store serves automatic persisted queries. If a
//! manifest of trusted documents is set, it replaces the store.

mod document;
mod manifest;
mod store;
mod suggestions;

pub(crate) use document::{Document, DocumentError};
pub(crate) use store::Documents;
pub(super) use suggestions::add_suggestions;
