//! Usernames: shown as typed, compared by RFC 8265 `UsernameCaseMapped`.

use std::ops::RangeInclusive;
use std::str::FromStr;

use precis_profiles::UsernameCaseMapped;
use precis_profiles::precis_core::profile::PrecisFastInvocation as _;

/// The allowed number of characters.
pub(crate) const CHARACTERS: RangeInclusive<usize> = 3..=32;

/// A username. It never contains an `@`, so that it cannot be confused with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Username {
    typed: String,
    canonical: String,
}

/// The text is not a username.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Invalid;

impl Username {
    /// As typed.
    pub(crate) fn as_typed(&self) -> &str {
        &self.typed
    }

    /// Returns the unique form, without width and case.
    pub(crate) fn canonical(&self) -> &str {
        &self.canonical
    }
}

impl FromStr for Username {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let typed = text.trim();
        // Bounds the work before the Unicode tables are used.
        if typed.len() > 4 * CHARACTERS.end() {
            return Err(Invalid);
        }
        let canonical = UsernameCaseMapped::enforce(typed)
            .map_err(|_| Invalid)?
            .into_owned();
        // RFC 8265, section 3.1: a form that is not its own canonical form (some Cherokee letters) is not stable.
        let again = UsernameCaseMapped::enforce(canonical.as_str()).map_err(|_| Invalid)?;
        let fits = again == canonical
            && CHARACTERS.contains(&canonical.chars().count())
            && CHARACTERS.contains(&typed.chars().count())
            && canonical.chars().any(char::is_alphanumeric)
            && canonical
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        fits.then(|| Self {
            typed: typed.to_owned(),
            canonical,
        })
        .ok_or(Invalid)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Invalid, Username};

    fn canonical(text: &str) -> Result<String, Invalid> {
        text.parse::<Username>()
            .map(|name| name.canonical().to_owned())
    }

    #[test]
    fn case_and_width_do_not_make_another_name() {
        assert_eq!(canonical("Ann.Lee").unwrap(), "ann.lee");
        assert_eq!(canonical("ａｎｎ"), canonical("ANN"));
        assert_eq!(canonical("Élan"), canonical("e\u{301}lan"));
    }

    #[test]
    fn what_is_no_username_is_rejected() {
        for text in [
            "",
            "ab",
            "ann@example.org",
            "ann lee",
            "...",
            "_-_",
            "ann/lee",
            "a\0nn",
            "ann\u{200d}lee",
            "\u{202e}ann",
        ] {
            assert_eq!(canonical(text), Err(Invalid), "{text:?}");
        }
        assert_eq!(canonical(&"a".repeat(33)), Err(Invalid));
        assert!(canonical(&"a".repeat(32)).is_ok());
    }

    #[test]
    fn the_canonical_form_is_its_own_canonical_form() {
        for text in ["Ann", "STRASSE", "ΣΊΣΥΦΟΣ", "İstanbul", "ﬁnn", "ǅemal"] {
            if let Ok(once) = canonical(text) {
                assert_eq!(canonical(&once).as_deref(), Ok(once.as_str()), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_has_one_canonical_form_or_none(text in prop_oneof![any::<String>(), "[\\PC]{3,32}"]) {
            if let Ok(once) = canonical(&text) {
                prop_assert_eq!(canonical(&once), Ok(once.clone()));
                prop_assert!(!once.contains('@'));
            }
        }
    }
}
