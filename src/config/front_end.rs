//! The secrets by which the servers of front ends authenticate.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::ExposeSecret as _;

use super::reader::Reader;
use super::tokens::secret;

/// The accepted secrets of front-end servers. Several are accepted during a rotation.
#[derive(Clone, Debug, Default)]
pub struct FrontEndSecrets {
    /// Hashes of equal length. Reading them from memory does not reveal the secrets.
    hashes: Vec<[u8; 32]>,
}

impl FrontEndSecrets {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let takes = "one or more secrets separated by commas, each 32 or more random bytes in base64, \
                     such as `openssl rand -base64 32` prints";
        reader.parsed("GATEHOUSE_FRONT_END_SECRET", takes, |text| {
            let items = text.split(',').map(str::trim);
            let secrets = items.filter(|item| !item.is_empty());
            let hashes = secrets.map(|item| Some(hash(secret(item)??.expose_secret())));
            hashes.collect::<Option<_>>().map(|hashes| Self { hashes })
        })
    }

    /// Returns whether `text` is one of them. Takes the same time for every text of its length.
    pub(crate) fn accept(&self, text: &[u8]) -> bool {
        let presented = hash(&BASE64_STANDARD.decode(text).unwrap_or_default());
        self.hashes.iter().fold(false, |found, known| {
            found | verify_slices_are_equal(known, &presented).is_ok()
        })
    }
}

fn hash(secret: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, secret).as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::config::Config;

    const ONE: &str = "uKqv3mTlXn0m4Bv8c5Yj1sZ2wQe7rTg9hPo6iLk3dFs=";
    const OTHER: &str = "Zb9xQ1nW4eR7tY2uI5oP8aS3dF6gH0jK1lMzXcVbNqE=";

    fn load(text: &str) -> Result<Config, crate::config::ConfigErrors> {
        let name = "GATEHOUSE_FRONT_END_SECRET".to_owned();
        Config::load(&BTreeMap::from([(name, text.to_owned())]), None)
    }

    #[test]
    fn each_of_several_secrets_is_accepted_and_nothing_else() {
        let config = load(&format!("{ONE}, {OTHER}")).unwrap();
        let secrets = config.listen.front_end_secrets;
        assert!(secrets.accept(ONE.as_bytes()) && secrets.accept(OTHER.as_bytes()));
        for wrong in ["", "nonsense", &ONE[1..], &format!("{ONE},{OTHER}")] {
            assert!(!secrets.accept(wrong.as_bytes()), "{wrong}");
        }
    }

    #[test]
    fn without_a_secret_nothing_is_accepted() {
        let secrets = load("").unwrap().listen.front_end_secrets;
        assert!(!secrets.accept(b"") && !secrets.accept(ONE.as_bytes()));
    }

    #[test]
    fn a_secret_that_is_short_or_a_sample_is_rejected_and_none_is_shown() {
        for weak in ["hunter2", "c2VjcmV0", &format!("{ONE},c2VjcmV0")] {
            let errors = load(weak).unwrap_err();
            assert_eq!(errors.0[0].setting, "GATEHOUSE_FRONT_END_SECRET", "{weak}");
            assert!(!errors.to_string().contains(weak), "{errors}");
        }
        let config = load(ONE).unwrap();
        let shown = config.shown().join("\n");
        assert!(
            shown.contains("GATEHOUSE_FRONT_END_SECRET=********"),
            "{shown}"
        );
        assert!(!shown.contains(ONE) && !format!("{config:?}").contains(ONE));
    }
}
