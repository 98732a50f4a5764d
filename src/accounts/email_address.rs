//! Email addresses: stored as typed, compared by a canonical form.

use std::str::FromStr;

use email_address::Options;
use unicode_normalization::UnicodeNormalization as _;

/// The maximum length of an address in bytes (RFC 5321, section 4.5.3.1.3, without the angle brackets).
const MAX_BYTES: usize = 254;

/// A deliverable address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EmailAddress {
    typed: String,
    canonical: String,
}

/// The text is not an email address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Invalid;

impl EmailAddress {
    /// Returns the address as typed, without surrounding white space.
    pub(crate) fn as_typed(&self) -> &str {
        &self.typed
    }

    /// Returns the unique form: the domain as IDNA A-label (so that `BÜCHER.example` and `xn--bcher-kva.example` are
    /// equal), and the local part in lower case. RFC 5321 allows a host to distinguish `Ann@` from `ann@`; none does,
    /// and people type both.
    pub(crate) fn canonical(&self) -> &str {
        &self.canonical
    }
}

impl FromStr for EmailAddress {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let typed = text.trim();
        if typed.len() > MAX_BYTES || typed.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(Invalid);
        }
        let canonical = canonical_form(typed).ok_or(Invalid)?;
        // A canonical form must be its own canonical form (a capital I with a dot becomes two characters).
        if canonical_form(&canonical).as_ref() != Some(&canonical) {
            return Err(Invalid);
        }
        Ok(Self {
            typed: typed.to_owned(),
            canonical,
        })
    }
}

fn canonical_form(text: &str) -> Option<String> {
    let composed: String = text.nfc().collect();
    let options = Options::default()
        .without_display_text()
        .without_domain_literal()
        .with_required_tld();
    email_address::EmailAddress::parse_with_options(&composed, options).ok()?;
    let (local, domain) = composed.rsplit_once('@')?;
    // A quoted local part may contain anything, even another @, but is not used in practice.
    if local.contains(['"', '@']) {
        return None;
    }
    let domain = idna::domain_to_ascii_strict(domain).ok()?;
    let canonical = format!("{}@{domain}", lower_case(local));
    (canonical.len() <= MAX_BYTES && !has_no_name(&domain)).then_some(canonical)
}

/// Converts letter by letter: the usual conversion writes a sigma at the end of a word differently, so that an address
/// in capitals would differ from the same one in small letters.
fn lower_case(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect()
}

/// Returns whether a domain is not a host name: a single label, or an IP address.
fn has_no_name(domain: &str) -> bool {
    match domain.rsplit_once('.') {
        Some((_, top)) => top.bytes().all(|c| c.is_ascii_digit()),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{EmailAddress, Invalid};

    fn canonical(text: &str) -> Result<String, Invalid> {
        text.parse::<EmailAddress>()
            .map(|address| address.canonical().to_owned())
    }

    #[test]
    fn addresses_that_mail_treats_alike_are_one() {
        assert_eq!(canonical("Ann@Example.ORG").unwrap(), "ann@example.org");
        assert_eq!(canonical(" ann@example.org\n").unwrap(), "ann@example.org");
        assert_eq!(
            canonical("ann@BÜCHER.example"),
            canonical("ann@xn--bcher-kva.example")
        );
        assert_eq!(canonical("ÉLAN@example.org"), canonical("élan@example.org"));
        assert_eq!(
            canonical("e\u{301}lan@example.org"),
            canonical("élan@example.org")
        );
        assert_eq!(canonical("ΑΣ@example.org"), canonical("ας@example.org"));
        assert_ne!(
            canonical("ann+shop@example.org"),
            canonical("ann@example.org")
        );
        assert_ne!(canonical("a.nn@example.org"), canonical("ann@example.org"));
    }

    #[test]
    fn an_address_is_kept_as_typed() {
        assert_eq!(
            "Ann@Example.ORG"
                .parse::<EmailAddress>()
                .unwrap()
                .as_typed(),
            "Ann@Example.ORG"
        );
    }

    #[test]
    fn an_invalid_address_is_rejected() {
        let long = format!("{}@example.org", "a".repeat(250));
        for text in [
            "",
            "ann",
            "@example.org",
            "ann@",
            "ann@example",
            "ann@@example.org",
            "ann@exa mple.org",
            "ann@example.org\nBcc: x@example.org",
            "Ann <ann@example.org>",
            "ann@[127.0.0.1]",
            "\"a b\"@example.org",
            "ann@-example.org",
            "ann@1.2.3.4",
            "ann@example..org",
            "ann.@example.org",
            "ann\u{ff20}example.org",
            "a\0nn@example.org",
            "\u{130}@example.org",
            long.as_str(),
        ] {
            assert_eq!(canonical(text), Err(Invalid), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_canonical_form_is_its_own(text in prop_oneof![any::<String>(), "[\\PC]{1,30}@[\\PC]{1,20}\\.[a-zà-ž]{2,6}"]) {
            if let Ok(once) = canonical(&text) {
                prop_assert_eq!(canonical(&once), Ok(once.clone()));
                prop_assert!(once.len() <= 254 && !once.chars().any(char::is_control));
            }
        }
    }
}
