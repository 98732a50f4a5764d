//! The second factor that a notice is about.

use crate::mail::translations::Translations;

/// The maximum length of a displayed name in characters.
const NAME_CHARACTERS: usize = 64;

/// How many notices of one kind about second factors are queued side by side: each one names another factor. The limit
/// exists because an account can add and remove factors while the mail server is unreachable.
pub(super) const MAX_QUEUED: u64 = 10;

/// A second factor, as its owner knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FactorName<'a> {
    /// The authenticator app.
    Totp,
    /// A passkey and the name that its user chose.
    Passkey(&'a str),
}

impl FactorName<'_> {
    /// Returns the kind of factor, and the name of a passkey. The name is left out if it could be more than a name:
    /// the user who chose it must not choose the layout of the email, nor add a link.
    pub(super) fn facts(self, translations: &Translations<'_>) -> Vec<(String, String)> {
        let (kind, name) = match self {
            Self::Totp => ("factor-totp", None),
            Self::Passkey(name) => ("factor-passkey", Some(name)),
        };
        let kind = (translations.text("factor"), translations.text(kind));
        let name = name
            .map(str::trim)
            .filter(|name| is_name(name))
            .map(|name| (translations.text("factor-name"), name.to_owned()));
        [kind].into_iter().chain(name).collect()
    }
}

/// Returns whether `text` is a single short line without text that mail programs turn into a link.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= NAME_CHARACTERS
        && !text.chars().any(breaks_lines)
        && !text.contains('@')
        && !text.contains("://")
        && !text
            .split('.')
            .skip(1)
            .any(|rest| rest.starts_with(char::is_alphabetic))
}

/// Returns whether `c` is a control character, separates lines, or changes the direction of the surrounding text.
fn breaks_lines(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
