//! Base64url without padding (RFC 4648, section 5), the encoding of bytes in the JSON of Web Authentication.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;

/// Bytes that arrive as base64url. Padding, other alphabets and unused bits that are set are rejected, so that bytes
/// have one encoding.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Base64Url(pub(super) Vec<u8>);

impl TryFrom<String> for Base64Url {
    type Error = base64::DecodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        BASE64_URL_SAFE_NO_PAD.decode(text).map(Self)
    }
}

/// Encodes bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
