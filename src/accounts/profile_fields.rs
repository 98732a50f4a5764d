//! The fields of a profile that are no identifier: name, locale, avatar.

use oxilangtag::LanguageTag;
use url::Url;

use crate::errors::Refusal;

/// Most characters of a name.
pub(crate) const NAME_CHARACTERS: usize = 128;
/// Most bytes of an avatar's address.
pub(crate) const AVATAR_URL_BYTES: usize = 2048;
/// Most bytes of a language tag; the longest in use have about 35.
const LOCALE_BYTES: usize = 64;

/// A name without surrounding white space; `Ok(None)` when nothing is left, `Err(())` when it is too long.
/// Control characters are nothing that a person types and are refused.
pub(super) fn name(text: &str) -> Result<Result<Option<String>, ()>, Refusal> {
    let text = text.trim();
    if text.chars().any(breaks_lines) {
        let message = "name must not hold control characters, such as line breaks or U+0000";
        return Err(Refusal::BadRequest(message.to_owned()));
    }
    Ok(match text.chars().count() {
        0 => Ok(None),
        count if count <= NAME_CHARACTERS => Ok(Some(text.to_owned())),
        _ => Err(()),
    })
}

/// Control characters, the Unicode line and paragraph separators, and what turns the direction of the text
/// around it.
fn breaks_lines(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A well-formed language tag (BCP 47) in its usual spelling, such as `pt-BR`.
pub(super) fn locale(text: &str) -> Option<String> {
    let text = text.trim();
    (text.len() <= LOCALE_BYTES)
        .then(|| {
            LanguageTag::parse_and_normalize(text)
                .ok()
                .map(LanguageTag::into_inner)
        })
        .flatten()
}

/// An absolute https address; http only in development.
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
    use super::{avatar_url, locale, name};

    #[test]
    fn a_locale_is_a_well_formed_language_tag() {
        assert_eq!(locale("pt-br").as_deref(), Some("pt-BR"));
        assert_eq!(locale("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        for text in [
            "",
            "e",
            "english please",
            "en_US",
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
        assert_eq!(name("  ").unwrap(), Ok(None));
        assert_eq!(name(" Ann ").unwrap(), Ok(Some("Ann".to_owned())));
        assert_eq!(
            name(&"é".repeat(128))
                .unwrap()
                .unwrap()
                .unwrap()
                .chars()
                .count(),
            128
        );
        assert_eq!(name(&"é".repeat(129)).unwrap(), Err(()));
        for text in ["Ann\0", "Ann\nLee", "Ann\u{2028}Lee", "\u{202e}nnA"] {
            assert!(name(text).is_err(), "{text:?}");
        }
    }
}
