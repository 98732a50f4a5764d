//! Everything that is derived from `GATEHOUSE_SECRET`.
//!
//! One master secret and one key for each use, derived by HKDF-SHA-256 (RFC 5869) with a separate label, so that a
//! leaked key reveals nothing about the others. The master secret never leaves this module.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use crate::entropy::{self, Entropy};
use crate::errors::InternalError;

/// The minimum length of a master secret in bytes.
pub(crate) const MIN_BYTES: usize = 32;

/// The master secret, from which keys are derived.
pub(crate) struct Secret {
    prk: Prk,
}

impl Secret {
    /// Creates it from the bytes of `GATEHOUSE_SECRET`, whose length was checked with the settings.
    pub(crate) fn new(master: &[u8]) -> Self {
        Self {
            prk: Salt::new(HKDF_SHA256, b"gatehouse/v1").extract(master),
        }
    }

    /// Derives a key for the use that `label` names.
    pub(crate) fn derive(&self, label: &str) -> Result<Zeroizing<[u8; 32]>, InternalError> {
        let mut key = Zeroizing::new([0; 32]);
        self.prk
            .expand(&[label.as_bytes()], HKDF_SHA256)
            .and_then(|okm| okm.fill(key.as_mut_slice()))
            .map_err(|_| InternalError::new(format!("cannot derive the key {label}")))?;
        Ok(key)
    }

    /// Derives a keyed hash for the use that `label` names.
    pub(crate) fn keyed_hash(&self, label: &str) -> Result<KeyedHash, InternalError> {
        Ok(KeyedHash {
            key: hmac::Key::new(hmac::HMAC_SHA256, self.derive(label)?.as_slice()),
        })
    }

    /// Derives authenticated encryption for the use that `label` names.
    pub(crate) fn sealer(&self, label: &str) -> Result<Sealer, InternalError> {
        let key = UnboundKey::new(&AES_256_GCM, self.derive(label)?.as_slice())
            .map_err(|_| InternalError::new(format!("cannot derive the key {label}")))?;
        Ok(Sealer {
            key: LessSafeKey::new(key),
        })
    }
}

/// HMAC-SHA-256 under a derived key. The database stores it in place of a bearer secret.
pub(crate) struct KeyedHash {
    key: hmac::Key,
}

impl KeyedHash {
    /// Returns the hash of the concatenated `parts`.
    pub(crate) fn hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.key);
        for part in parts {
            context.update(part);
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(context.sign().as_ref());
        hash
    }
}

/// AES-256-GCM under a derived key, with a random nonce before the ciphertext.
pub(crate) struct Sealer {
    key: LessSafeKey,
}

impl Sealer {
    /// Encrypts `plaintext`, bound to `name`: it cannot be decrypted under another name.
    pub(crate) fn seal(
        &self,
        name: &str,
        plaintext: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, InternalError> {
        let nonce: [u8; NONCE_LEN] = entropy::bytes(entropy);
        let mut sealed = plaintext.to_vec();
        self.key
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(name.as_bytes()),
                &mut sealed,
            )
            .map_err(|_| InternalError::new(format!("cannot encrypt {name}")))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts the output of [`Sealer::seal`] under the same secret and `name`; `None` for anything else.
    pub(crate) fn open(&self, name: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, ciphertext) = sealed.split_at_checked(NONCE_LEN)?;
        let mut plaintext = Zeroizing::new(ciphertext.to_vec());
        let length = self
            .key
            .open_in_place(
                Nonce::try_assume_unique_for_key(nonce).ok()?,
                Aad::from(name.as_bytes()),
                &mut plaintext,
            )
            .ok()?
            .len();
        plaintext.truncate(length);
        Some(plaintext)
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;
    use crate::entropy::SeededEntropy;

    #[test]
    fn every_label_has_a_key_of_its_own() {
        let secret = Secret::new(&[7; 32]);
        assert_ne!(secret.derive("a").unwrap(), secret.derive("b").unwrap());
        assert_ne!(
            secret.derive("a").unwrap(),
            Secret::new(&[8; 32]).derive("a").unwrap()
        );
    }

    #[test]
    fn what_is_sealed_opens_only_under_its_secret_and_name() {
        let sealer = Secret::new(&[7; 32]).sealer("keys").unwrap();
        let boxed = sealer.seal("one", b"text", &SeededEntropy::new(1)).unwrap();

        assert_eq!(sealer.open("one", &boxed).unwrap().as_slice(), b"text");
        assert!(sealer.open("two", &boxed).is_none());
        assert!(
            Secret::new(&[8; 32])
                .sealer("keys")
                .unwrap()
                .open("one", &boxed)
                .is_none()
        );
        assert!(sealer.open("one", &boxed[..20]).is_none());
        assert!(sealer.open("one", &[]).is_none());
    }
}
