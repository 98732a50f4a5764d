//! The password policy (NIST SP 800-63B-4, section 3.1.1.2; ASVS 5.0, chapter 6.2).
//!
//! No composition rules: length, a list of common passwords, and an estimate of how easy it is to guess.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};
use zeroize::Zeroizing;

use super::hasher::PasswordHasher;
use crate::config;
use crate::errors::OperationError;

/// A password that met the policy, in its normal form. Only [`Policy::assess`] makes one.
pub(crate) struct ValidPassword(Zeroizing<String>);

impl ValidPassword {
    /// Whether `other` is the same password, in whichever Unicode form it was typed.
    pub(crate) fn is(&self, other: &str) -> bool {
        normalised(other).is_some_and(|other| *other == *self.0)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a password is rejected: the first reason that applies, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasswordError {
    /// Fewer code points than this.
    TooShort(usize),
    /// More code points than this.
    TooLong(usize),
    /// Contains control characters or unassigned code points.
    Invalid,
    /// On the list of common passwords.
    Compromised,
    /// Too easy to guess.
    TooWeak,
}

/// The policy.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// The minimum number of code points.
    pub(crate) min_length: usize,
    /// The maximum number of code points.
    pub(crate) max_length: usize,
    /// The minimum zxcvbn score, 0 to 4.
    pub(crate) min_strength: u8,
    /// The names of this service, which are as guessable here as a user's own name.
    context: Vec<String>,
}

impl Policy {
    /// Creates the policy of the settings, for a service with the names `context`.
    pub(crate) fn new(config: &config::Passwords, context: Vec<String>) -> Self {
        Self {
            min_length: config.min_length,
            max_length: config.max_length,
            min_strength: config.min_strength,
            context,
        }
    }

    /// Assesses `password`. `about_user` holds what is known of the user (address, name); a password made of it is
    /// weak.
    pub(crate) async fn assess(
        &self,
        hasher: &PasswordHasher,
        password: &str,
        mut about_user: Vec<String>,
    ) -> Result<Result<ValidPassword, PasswordError>, OperationError> {
        about_user.extend_from_slice(&self.context);
        let normal = match self.cheaply(password) {
            Ok(normal) => normal,
            Err(password_error) => return Ok(Err(password_error)),
        };
        let least = self.min_strength;
        hasher
            .pool()
            .run(move || {
                if strength(&normal, &about_user) < least {
                    Err(PasswordError::TooWeak)
                } else {
                    Ok(ValidPassword(normal))
                }
            })
            .await
    }

    /// Returns why `password` is rejected, as far as no estimate is needed.
    pub(crate) fn violation(&self, password: &str) -> Option<PasswordError> {
        self.cheaply(password).err()
    }

    /// Performs all checks that need no estimate.
    pub(super) fn cheaply(&self, password: &str) -> Result<Zeroizing<String>, PasswordError> {
        let normal = normalised(password);
        let text = normal.as_ref().map_or(password, |normal| normal.as_str());
        let length = text.chars().count();
        if length < self.min_length {
            return Err(PasswordError::TooShort(self.min_length));
        }
        if length > self.max_length {
            return Err(PasswordError::TooLong(self.max_length));
        }
        let normal = normal.ok_or(PasswordError::Invalid)?;
        if COMMON.contains(normal.to_lowercase().as_str()) {
            return Err(PasswordError::Compromised);
        }
        Ok(normal)
    }
}

/// Returns the form that is hashed: spaces of every kind become U+0020, the rest NFC. `None` if there is no such form.
///
/// Like `OpaqueString` of RFC 8265, section 4.2, but over current Unicode. That profile is based on Unicode 6.3 and
/// lacks the symbols, emoji and joiners that phones type. What it accepts has the same form here.
pub(super) fn normalised(password: &str) -> Option<Zeroizing<String>> {
    // Allocated with its full capacity: a growing string leaves copies behind.
    let mut spaced = Zeroizing::new(String::with_capacity(password.len()));
    for character in password.chars() {
        match character.general_category() {
            GeneralCategory::Control
            | GeneralCategory::Unassigned
            | GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate => return None,
            GeneralCategory::SpaceSeparator => spaced.push(' '),
            _ => spaced.push(character),
        }
    }
    let mut normal = Zeroizing::new(String::with_capacity(spaced.len() * 3));
    normal.extend(spaced.nfc());
    (!normal.is_empty()).then_some(normal)
}

pub(super) fn strength(password: &str, about_user: &[String]) -> u8 {
    // The parts of an address are as guessable as the whole.
    let words = about_user.iter().flat_map(|text| {
        let parts = text
            .split('@')
            .chain(text.split(|c: char| !c.is_alphanumeric()));
        parts.chain([text.as_str()]).filter(|word| word.len() > 2)
    });
    zxcvbn::zxcvbn(password, &words.collect::<Vec<_>>())
        .score()
        .into()
}

static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use precis_profiles::OpaqueString;
    use precis_profiles::precis_core::profile::PrecisFastInvocation as _;

    use super::{COMMON, PasswordError, Policy, normalised, strength};
    use crate::config::Config;

    fn validated(password: &str) -> Option<PasswordError> {
        let config = Config::load(&BTreeMap::new(), None).unwrap();
        Policy::new(&config.passwords, vec![])
            .cheaply(password)
            .err()
    }

    #[test]
    fn length_is_counted_in_code_points_after_normalisation() {
        assert_eq!(validated("123456789"), Some(PasswordError::TooShort(10)));
        assert_eq!(
            validated(&"e\u{301}".repeat(9)),
            Some(PasswordError::TooShort(10))
        );
        assert_eq!(validated(&"🐒".repeat(64)), None);
        assert_eq!(
            validated(&"x".repeat(129)),
            Some(PasswordError::TooLong(128))
        );
    }

    #[test]
    fn every_assigned_character_is_accepted_but_controls() {
        for symbols in [
            "🙂🤣🦊",
            "❤\u{FE0F}₽₿·",
            "👩\u{200D}👩\u{200D}👧",
            "👍🏽🫩",
            "\u{2A6DF}\u{31350}",
            "\u{202E}\u{2028}",
        ] {
            assert_eq!(
                validated(&format!("{symbols}kQ7 vTz9 mRw")),
                None,
                "{symbols}"
            );
        }
        for refused in ["\u{7F}", "\u{85}", "\u{378}", "\u{E000}", "\u{FFFF}"] {
            let validated = validated(&format!("{refused}kQ7 vTz9 mRw"));
            assert_eq!(validated, Some(PasswordError::Invalid), "{refused:?}");
        }
    }

    /// Hashes of passwords that were accepted before still match.
    #[test]
    fn what_the_profile_of_rfc_8265_accepts_has_the_same_form() {
        for code in 0..=0x10_FFFF {
            let Some(character) = char::from_u32(code) else {
                continue;
            };
            for text in [
                format!("a{character}"),
                format!("{character}\u{301}\u{327}"),
            ] {
                if let Ok(form) = OpaqueString::enforce(&text[..]) {
                    let normal = normalised(&text);
                    assert_eq!(
                        normal.as_deref().map(String::as_str),
                        Some(&*form),
                        "{code:X}"
                    );
                }
            }
        }
    }

    #[test]
    fn length_is_judged_before_content() {
        assert_eq!(validated("a\0b"), Some(PasswordError::TooShort(10)));
        assert_eq!(validated("a\0bcdefghijk"), Some(PasswordError::Invalid));
        assert_eq!(
            validated("tabs\tare\tcontrol"),
            Some(PasswordError::Invalid)
        );
    }

    #[test]
    fn common_passwords_are_known_in_any_case() {
        assert!(COMMON.len() > 50_000);
        assert_eq!(validated("QwertyUiop"), Some(PasswordError::Compromised));
    }

    /// ASVS 5.0, 6.2.4: at least 3,000 of the passwords that the policy would otherwise accept.
    #[test]
    fn enough_common_passwords_are_long_enough_for_the_policy_to_let_them_through() {
        let as_long = |least| {
            COMMON
                .iter()
                .filter(|text| text.chars().count() >= least)
                .count()
        };
        assert!(as_long(10) > 10_000, "the default minimum");
        assert!(as_long(15) > 3_000, "what NIST asks of a single factor");
        assert_eq!(validated("usuckballz1"), Some(PasswordError::Compromised));
    }

    #[test]
    fn no_kind_of_character_is_demanded() {
        for plain in [
            "mkwvqzrtplxh",
            "847261950384",
            "MKWVQZRTPLXH",
            "=/;#&.-_,(]}",
        ] {
            assert_eq!(validated(plain), None, "{plain}");
        }
    }

    #[test]
    fn what_is_known_of_the_user_is_weak() {
        let about = vec!["quixolotl.verdantine@example.org".to_owned()];
        assert!(strength("quixolotlverdantine", &about) < 3);
        assert!(strength("quixolotlverdantine", &[]) >= 3);
    }
}
