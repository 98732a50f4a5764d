//! Recovery codes: each signs in once in place of another second factor.

use base32::Alphabet;
use secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::entropy::{self, Entropy};
use crate::errors::InternalError;
use crate::secret::{KeyedHash, Secret};

/// The random bytes of a code. With 112 bits or more, a keyed hash suffices (ASVS 5.0, 6.5.2).
const BYTES: usize = 15;

/// The characters of a code, in Crockford's Base32.
const CHARACTERS: usize = 24;

/// How many characters are written together.
const GROUP: usize = 4;

/// How many codes an account has.
pub(crate) const CODES: usize = 10;

/// A code as it is shown, in groups of four characters.
pub(crate) struct RecoveryCode(SecretString);

/// Issues and recognizes recovery codes.
pub(crate) struct RecoveryCodes {
    hash: KeyedHash,
}

impl RecoveryCode {
    /// Returns the code.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl RecoveryCodes {
    /// Derives the key.
    pub(crate) fn new(secret: &Secret) -> Result<Self, InternalError> {
        Ok(Self {
            hash: secret.keyed_hash("recovery code")?,
        })
    }

    /// Returns [`CODES`] random codes of `owner`, each with the hash to store.
    pub(crate) fn issue(&self, owner: &str, entropy: &dyn Entropy) -> Vec<(RecoveryCode, Vec<u8>)> {
        let mut codes = Vec::with_capacity(CODES);
        for _ in 0..CODES {
            let bytes = Zeroizing::new(entropy::bytes::<BYTES>(entropy));
            let text = Zeroizing::new(base32::encode(Alphabet::Crockford, bytes.as_slice()));
            let groups: Vec<&str> = (0..CHARACTERS)
                .step_by(GROUP)
                .filter_map(|start| text.get(start..start + GROUP))
                .collect();
            let shown = RecoveryCode(groups.join("-").into());
            codes.push((shown, self.hash_of(owner, bytes.as_slice())));
        }
        codes
    }

    /// Returns the hash under which a code of `owner` is stored; `None` if `typed` cannot be a code. Case, spaces and hyphens
    /// are ignored, and letters that look like digits are read as these.
    pub(crate) fn recognize(&self, owner: &str, typed: &str) -> Option<Vec<u8>> {
        let text: Zeroizing<String> = Zeroizing::new(
            typed
                .nfkc()
                .filter(|c| !c.is_whitespace() && !is_hyphen(*c))
                .take(CHARACTERS + 1)
                .map(digit_for)
                .collect(),
        );
        let bytes = (text.len() == CHARACTERS)
            .then(|| base32::decode(Alphabet::Crockford, &text))?
            .map(Zeroizing::new)?;
        (bytes.len() == BYTES).then(|| self.hash_of(owner, &bytes))
    }

    fn hash_of(&self, owner: &str, code: &[u8]) -> Vec<u8> {
        self.hash.hash(&[owner.as_bytes(), code]).to_vec()
    }
}

/// Hyphens and dashes, which text editors put in place of each other.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Returns the symbol for which Crockford's alphabet leaves `c` out.
fn digit_for(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{CODES, RecoveryCodes};
    use crate::entropy::SeededEntropy;
    use crate::secret::Secret;

    fn codes() -> RecoveryCodes {
        RecoveryCodes::new(&Secret::new(&[7; 32])).unwrap()
    }

    #[test]
    fn ten_different_codes_are_issued_in_groups_of_four() {
        let issued = codes().issue("ann", &SeededEntropy::new(1));
        let texts: HashSet<&str> = issued.iter().map(|(code, _)| code.expose()).collect();
        assert_eq!(texts.len(), CODES);
        for text in texts {
            let groups: Vec<&str> = text.split('-').collect();
            assert_eq!(groups.len(), 6, "{text}");
            for group in groups {
                let is_unmistakable =
                    |c: char| c.is_ascii_digit() || (c.is_ascii_uppercase() && !"ILOU".contains(c));
                assert!(
                    group.len() == 4 && group.chars().all(is_unmistakable),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn codes_are_recognized_as_people_type_them() {
        let codes = codes();
        for (code, hash) in codes.issue("ann", &SeededEntropy::new(2)) {
            let shown = code.expose();
            for typed in [
                shown.to_owned(),
                shown.to_lowercase(),
                shown.replace('-', ""),
                shown.replace('-', " – "),
                format!("  {shown}\n"),
                shown.replace('0', "o").replace('1', "l"),
                shown.replace('0', "O").replace('1', "I"),
            ] {
                assert_eq!(
                    codes.recognize("ann", &typed).as_ref(),
                    Some(&hash),
                    "{typed:?}"
                );
            }
            assert_ne!(codes.recognize("bob", shown), Some(hash), "another owner");
        }
    }

    #[test]
    fn other_text_is_no_code() {
        let codes = codes();
        let issued = codes.issue("ann", &SeededEntropy::new(3));
        let shown = issued[0].0.expose();
        let short = &shown[1..];
        for other in [
            "",
            "123456",
            short,
            &format!("{shown}0"),
            &"0".repeat(1_000_000),
            &shown.replace(shown.chars().next().unwrap(), "U"),
            "éééé-éééé-éééé-éééé-éééé-éééé",
        ] {
            assert_eq!(codes.recognize("ann", other), None, "{other:.40}");
        }
    }
}
