//! Signed texts in their compact form (RFC 7515, section 7.1).

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::key_set::Key;

/// The parts of a signed text, not yet decoded.
pub(super) struct Parts<'a> {
    /// The signed part: header and payload with the dot between them.
    message: &'a str,
    pub(super) header: &'a str,
    pub(super) payload: &'a str,
    signature: &'a str,
}

impl<'a> Parts<'a> {
    pub(super) fn of(token: &'a str) -> Option<Self> {
        let (message, signature) = token.rsplit_once('.')?;
        let (header, payload) = message.split_once('.')?;
        (!payload.contains('.')).then_some(Self {
            message,
            header,
            payload,
            signature,
        })
    }

    pub(super) fn are_signed_by(&self, key: &Key) -> bool {
        let message = self.message.as_bytes();
        let is_signed =
            jsonwebtoken::crypto::verify(self.signature, message, &key.decoding, key.algorithm);
        matches!(is_signed, Ok(true))
    }
}

/// Decodes a header or payload, an object only: serde would also accept a list of a struct's values.
pub(super) fn decode<T: for<'a> Deserialize<'a>>(part: &str) -> Option<T> {
    let text = BASE64_URL_SAFE_NO_PAD.decode(part).ok()?;
    let is_object = text.starts_with(b"{");
    is_object.then(|| serde_json::from_slice(&text).ok())?
}
