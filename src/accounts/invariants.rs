//! Invariants of addresses and usernames, for any input.
#![expect(clippy::missing_panics_doc, reason = "to panic is what they are for")]

use unicode_normalization::UnicodeNormalization as _;

use super::EmailAddress;
use super::identifier::Identifier;
use super::username::{CHARACTERS, Username};

/// An address has one canonical form, which is its own canonical form and results from every spelling.
pub fn emails(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read = Identifier::read(&text);
    let Ok(address) = text.parse::<EmailAddress>() else {
        assert!(!matches!(read, Identifier::Email(_)));
        return;
    };
    let canonical = address.canonical();
    assert!(matches!(read, Identifier::Email(_)) && read.canonical() == canonical);
    assert!(canonical.len() <= 254 && address.as_typed().len() <= 254);
    assert_eq!(canonical.matches('@').count(), 1);
    let unfit = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | '"');
    assert!(!canonical.contains(unfit) && !address.as_typed().contains(unfit));
    assert!(canonical.rsplit('@').next().is_some_and(str::is_ascii));
    let same = |text: &str| {
        if let Ok(other) = text.parse::<EmailAddress>() {
            assert_eq!(other.canonical(), canonical, "{text}");
        }
    };
    assert!(canonical.parse::<EmailAddress>().is_ok(), "{canonical}");
    same(canonical);
    same(address.as_typed());
    same(&format!(" {text}\n"));
    same(&text.to_ascii_uppercase());
    same(&text.nfc().collect::<String>());
    same(&text.nfd().collect::<String>());
}

/// A username has one canonical form, which is its own canonical form, and is not an address.
pub fn usernames(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read = Identifier::read(&text);
    let Ok(name) = text.parse::<Username>() else {
        assert!(!matches!(read, Identifier::Username(_)));
        return;
    };
    let canonical = name.canonical();
    assert!(matches!(read, Identifier::Username(_)) && read.canonical() == canonical);
    assert!(CHARACTERS.contains(&canonical.chars().count()));
    assert!(CHARACTERS.contains(&name.as_typed().chars().count()));
    assert!(canonical.parse::<EmailAddress>().is_err());
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    assert!(canonical.chars().all(fits), "{canonical:?}");
    let same = |text: &str| {
        if let Ok(other) = text.parse::<Username>() {
            assert_eq!(other.canonical(), canonical, "{text}");
        }
    };
    assert!(canonical.parse::<Username>().is_ok(), "{canonical:?}");
    same(canonical);
    same(name.as_typed());
    same(&text.to_ascii_uppercase());
    same(&text.nfc().collect::<String>());
    same(&text.nfd().collect::<String>());
}
