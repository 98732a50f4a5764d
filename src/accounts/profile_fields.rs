//! The profile fields that are not identifiers: name, locale, avatar.

use oxilangtag::LanguageTag;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};
use url::Url;

/// The maximum length of a name in characters.
pub(crate) const NAME_CHARACTERS: usize = 128;
/// The maximum length of an avatar's URL in bytes.
pub(crate) const AVATAR_URL_BYTES: usize = 2048;
/// The maximum length of a language tag in bytes; the longest in use have about 35.
const LOCALE_BYTES: usize = 64;

/// Why a text is rejected as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameError {
    /// It has more than [`NAME_CHARACTERS`].
    TooLong,
    /// It contains line breaks or changes the direction of text, or has no visible character.
    Invalid,
}

/// Parses a name without surrounding white space; `None` if nothing is left.
pub(super) fn name(text: &str) -> Result<Option<String>, NameError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().any(breaks_lines) || text.chars().all(is_invisible) {
        return Err(NameError::Invalid);
    }
    if text.chars().count() > NAME_CHARACTERS {
        return Err(NameError::TooLong);
    }
    Ok(Some(text.to_owned()))
}

/// Returns whether `c` is a control character, a Unicode line or paragraph separator, or changes the direction of the
/// surrounding text.
fn breaks_lines(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether `c` is invisible: spaces, format characters, fillers and variation selectors.
fn is_invisible(c: char) -> bool {
    let category = c.general_category();
    matches!(
        category,
        GeneralCategory::Format | GeneralCategory::SpaceSeparator
    ) || matches!(
        c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
    ) || matches!(c, '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Parses a well-formed language tag (BCP 47) into its usual spelling, such as `pt-BR`. Accepts a system's locale, too
/// (POSIX, section 8.2): `pt_BR.UTF-8` means the same.
pub(super) fn locale(text: &str) -> Option<String> {
    let text = text.trim();
    let tag = text
        .split(['.', '@'])
        .next()
        .unwrap_or_default()
        .replace('_', "-");
    if text.len() > LOCALE_BYTES || tag.eq_ignore_ascii_case("posix") {
        return None;
    }
    let tag = LanguageTag::parse_and_normalize(&tag).ok()?;
    Some(tag.into_inner())
}

/// Parses an absolute https URL; http only in development.
pub(super) fn avatar_url(text: &str, http_too: bool) -> Option<String> {
    let text = text.trim();
    let url = (text.len() <= AVATAR_URL_BYTES)
        .then(|| Url::parse(text).ok())
        .flatten()?;
    let fits = (url.scheme() == "https" || (http_too && url.scheme() == "http"))
        && url.host().is_some()
        && url.username().is_empty()
        && url.password().is_none()
        && url.as_str().len() <= AVATAR_URL_BYTES;
    fits.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::{NameError, avatar_url, locale, name};

    #[test]
    fn a_locale_is_a_well_formed_language_tag() {
        assert_eq!(locale("pt-br").as_deref(), Some("pt-BR"));
        assert_eq!(locale("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(locale("en_US").as_deref(), Some("en-US"));
        assert_eq!(locale("pt_BR.UTF-8").as_deref(), Some("pt-BR"));
        assert_eq!(locale("de_AT@euro").as_deref(), Some("de-AT"));
        for text in [
            "",
            "e",
            "english please",
            "C",
            "POSIX",
            "C.UTF-8",
            "en-",
            "12",
            &"en-x-aaaaaaaa".repeat(9),
        ] {
            assert_eq!(locale(text), None, "{text}");
        }
    }

    #[test]
    fn an_avatar_is_reached_over_https() {
        assert!(avatar_url("https://img.example/a.png?s=1", false).is_some());
        assert!(avatar_url("http://img.example/a.png", true).is_some());
        for text in [
            "http://img.example/a.png",
            "javascript:alert(1)",
            "data:image/png;base64,AAAA",
            "//img.example/a.png",
            "/a.png",
            "https://",
            "https://user:password@img.example/",
            &format!("https://img.example/{}", "a".repeat(2048)),
        ] {
            assert_eq!(avatar_url(text, false), None, "{text}");
        }
    }

    #[test]
    fn a_name_of_blanks_is_none() {
        assert_eq!(name("  "), Ok(None));
        assert_eq!(name(" Ann "), Ok(Some("Ann".to_owned())));
        assert_eq!(name(&"é".repeat(128)), Ok(Some("é".repeat(128))));
        assert_eq!(name(&"é".repeat(129)), Err(NameError::TooLong));
    }

    #[test]
    fn a_name_is_seen_and_keeps_to_its_line() {
        for text in ["👩\u{200d}👧", "मैं\u{200d}", "O\u{2019}Neil", "José"] {
            assert_eq!(name(text), Ok(Some(text.to_owned())), "{text:?}");
        }
        for text in [
            "Ann\0",
            "Ann\nLee",
            "Ann\u{2028}Lee",
            "\u{202e}nnA",
            "\u{200b}",
            "\u{200b} \u{2060}",
            "\u{3164}",
            "\u{2800}\u{fe0f}",
        ] {
            assert_eq!(name(text), Err(NameError::Invalid), "{text:?}");
        }
    }
}
