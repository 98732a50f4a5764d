//! Documents: measured, parsed and validated once, kept in bounded memory, and found again by the SHA-256 of their
//! text.
//!
//! What is kept has been validated, so nobody's failed tries push out what clients use. A document found again
//! skips parsing, judging and, unless its variables have a say in what it costs, validation. The same store
//! answers automatic persisted queries; a manifest of trusted documents takes its place where one is set.

mod document;
mod manifest;
mod store;
mod suggestions;
mod validate_once;

pub(crate) use document::{Document, DocumentError};
pub(crate) use store::Documents;
pub(super) use validate_once::ValidateOnce;
