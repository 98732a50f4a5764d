//! Forged, stolen, mangled and outlived tokens.
//!
//! Whatever is wrong with a token, the answer is the same to the letter; the log alone says why.

mod claims;
mod forged_signatures;
mod forger;
mod headers;
mod identifiers;
mod keys;
mod malformed;
mod refresh;
mod sessions;
mod siege;
mod transport;
