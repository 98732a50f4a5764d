//! The relying party: the service that a passkey is for.

use aws_lc_rs::digest::{SHA256, digest};

/// The relying party of all passkeys of this service.
#[derive(Clone, Debug)]
pub(crate) struct RelyingParty {
    id: String,
    name: String,
    origins: Vec<String>,
}

impl RelyingParty {
    /// Creates it.
    ///
    /// - `id`: the RP ID, a domain.
    /// - `name`: the name that dialogs show.
    /// - `origins`: the allowed origins as browsers write them (`https://app.example.com`) or as Android does
    ///   (`android:apk-key-hash:…`). They are compared as text.
    pub(crate) fn new(id: String, name: String, origins: Vec<String>) -> Self {
        Self { id, name, origins }
    }

    /// Returns the RP ID.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Returns the name that dialogs show.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn allows(&self, origin: &str) -> bool {
        self.origins.iter().any(|allowed| allowed == origin)
    }

    pub(super) fn has_hash(&self, rp_id_hash: &[u8; 32]) -> bool {
        digest(&SHA256, self.id.as_bytes()).as_ref() == rp_id_hash
    }
}
