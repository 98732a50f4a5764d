//! The languages of emails.

use fluent_templates::{LanguageIdentifier, langid};

/// A supported language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    German,
    Spanish,
    French,
    BrazilianPortuguese,
}

impl Language {
    /// Returns the language for `locale` (BCP 47): the one with the same primary subtag, else English.
    pub(super) fn for_locale(locale: Option<&str>) -> Self {
        let primary = locale.and_then(|tag| tag.split('-').next());
        match primary.unwrap_or_default() {
            "de" => Self::German,
            "es" => Self::Spanish,
            "fr" => Self::French,
            "pt" => Self::BrazilianPortuguese,
            _ => Self::English,
        }
    }

    /// Returns its tag, as in `Content-Language` and `lang`.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::BrazilianPortuguese => "pt-BR",
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::English => langid!("en"),
            Self::German => langid!("de"),
            Self::Spanish => langid!("es"),
            Self::French => langid!("fr"),
            Self::BrazilianPortuguese => langid!("pt-BR"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_locale_is_served_by_its_language_or_in_english() {
        for (locale, tag) in [
            (Some("de"), "de"),
            (Some("de-AT"), "de"),
            (Some("pt"), "pt-BR"),
            (Some("pt-PT"), "pt-BR"),
            (Some("es-419"), "es"),
            (Some("ja"), "en"),
            (None, "en"),
        ] {
            assert_eq!(Language::for_locale(locale).tag(), tag, "{locale:?}");
        }
    }
}
