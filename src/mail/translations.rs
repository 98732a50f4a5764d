//! The texts of the mails, one file a language under `locales/`.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader as _, static_loader};

use super::language::Language;

static_loader! {
    static LOCALES = {
        locales: "./src/mail/locales",
        fallback_language: "en",
        // Without the invisible marks around inserted values, which would appear in subjects and links.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The texts of one email.
pub(crate) struct Translations<'a> {
    pub(super) language: Language,
    pub(super) service: &'a str,
}

impl Translations<'_> {
    /// Returns the text of this id.
    pub(super) fn text(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// Returns the text of this id with values inserted.
    pub(super) fn with(&self, id: &str, values: &[(&'static str, &str)]) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> = values
            .iter()
            .chain([&("service", self.service)])
            .map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(*value)))
            .collect();
        LOCALES.lookup_with_args(&self.language.identifier(), id, &values)
    }

    /// Formats a time independently of the reader's time zone.
    pub(super) fn time(at: DateTime<Utc>) -> String {
        at.format("%Y-%m-%d %H:%M UTC").to_string()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// Returns every message with its variables, as `id { $variable }`.
    fn messages(text: &str) -> BTreeSet<String> {
        text.lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(id, text)| {
                let variables: BTreeSet<&str> = text
                    .split("{ $")
                    .skip(1)
                    .filter_map(|rest| rest.split(" }").next())
                    .collect();
                format!("{id} {variables:?}")
            })
            .collect()
    }

    #[test]
    fn every_language_says_the_same_with_the_same_values() {
        let english = messages(include_str!("locales/en.ftl"));
        assert!(english.len() > 50);
        for (name, text) in [
            ("de", include_str!("locales/de.ftl")),
            ("es", include_str!("locales/es.ftl")),
            ("fr", include_str!("locales/fr.ftl")),
            ("pt-BR", include_str!("locales/pt-BR.ftl")),
        ] {
            assert_eq!(messages(text), english, "{name}");
        }
    }
}
