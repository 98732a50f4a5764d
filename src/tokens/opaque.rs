//! Secrets that are issued once and recognized later, such as deletion receipts.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use secrecy::SecretString;

use crate::entropy::{self, Entropy};
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

/// The maximum length of a text; issued ones have 43 characters.
const MAX_CHARACTERS: usize = 256;

/// Issues and recognizes the secrets of one use.
pub(crate) struct OpaqueTokens {
    hash: KeyedHash,
}

impl OpaqueTokens {
    /// Creates the secrets for the use that `label` names.
    pub(crate) fn new(secret: &Secret, label: &str) -> Result<Self, InternalError> {
        Ok(Self {
            hash: secret.keyed_hash(label)?,
        })
    }

    /// Returns 256 random bits as text, and the hash to store.
    pub(crate) fn mint(&self, entropy: &dyn Entropy) -> (SecretString, Vec<u8>) {
        let text = BASE64_URL_SAFE_NO_PAD.encode(entropy::bytes::<32>(entropy));
        let hash = self.hash_of(&text);
        (text.into(), hash)
    }

    /// Returns the stored form of a text, or `None` if it cannot be a secret of this kind.
    pub(crate) fn recognise(&self, text: &str) -> Option<Vec<u8>> {
        (text.len() <= MAX_CHARACTERS).then(|| self.hash_of(text))
    }

    fn hash_of(&self, text: &str) -> Vec<u8> {
        self.hash.hash(&[text.as_bytes()]).to_vec()
    }
}
