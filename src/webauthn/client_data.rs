//! What the browser says about a ceremony.

use serde::Deserialize;

use super::base64url::Base64Url;
use super::{WebauthnError, json_object};

/// `CollectedClientData` (section 5.8.1). `tokenBinding` is reserved and is ignored.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClientData {
    /// The ceremony: `webauthn.create` or `webauthn.get`.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// The challenge of the options.
    pub(super) challenge: Base64Url,
    /// The origin of the page.
    pub(super) origin: String,
    /// Whether the page is in a frame of another origin. Absent in early browsers.
    #[serde(default)]
    pub(super) cross_origin: Option<bool>,
    /// The origin of the outermost page, for a frame of another origin.
    #[serde(default)]
    pub(super) top_origin: Option<String>,
}

impl ClientData {
    /// Parses the UTF-8 text `clientDataJSON`. A byte order mark is allowed (section 7.1).
    pub(super) fn parse(json: &[u8]) -> Result<Self, WebauthnError> {
        let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
        json_object::read(json).ok_or(WebauthnError::MalformedClientData)
    }
}
