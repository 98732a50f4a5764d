//! Reads single settings out of the merged layers and collects their errors.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;

use chrono::TimeDelta;
use url::Url;

use super::address::without_credentials;
use super::error::ConfigError;
use super::profile::Profile;
use super::settings;

/// The text of a setting and its origin.
#[derive(Clone, Debug)]
pub(crate) struct Layered {
    pub(crate) text: String,
    /// `default`, `file` or `environment`.
    pub(crate) origin: &'static str,
}

/// The merged settings, by variable name, and the errors found so far.
pub(crate) struct Reader {
    pub(crate) values: BTreeMap<&'static str, Layered>,
    pub(crate) errors: Vec<ConfigError>,
    pub(crate) profile: Profile,
}

impl Reader {
    /// Returns the text of a setting, empty if it is not set.
    pub(crate) fn text(&self, name: &str) -> String {
        self.values
            .get(name)
            .map(|value| value.text.clone())
            .unwrap_or_default()
    }

    /// Returns whether the operator set it.
    pub(crate) fn is_explicit(&self, name: &str) -> bool {
        self.values
            .get(name)
            .is_some_and(|value| value.origin != "default")
    }

    /// Records an error: what the setting holds and what is accepted. Secrets and credentials in addresses are not repeated.
    pub(crate) fn reject(&mut self, name: &'static str, takes: impl Display) {
        let is_secret = settings::all().any(|setting| setting.name == name && setting.is_secret);
        let held = match self.text(name) {
            _ if !self.is_explicit(name) => "is not set".to_owned(),
            _ if is_secret => "has an invalid value (hidden)".to_owned(),
            text => format!("is \"{}\"", without_credentials(&text)),
        };
        self.errors.push(ConfigError {
            setting: name.to_owned(),
            held,
            takes: format!("expected {takes}"),
        });
    }

    /// Parses a setting with `parse`; records an error and returns `None` if that fails.
    pub(crate) fn parsed<T>(
        &mut self,
        name: &'static str,
        takes: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = parse(self.text(name).trim());
        if value.is_none() {
            self.reject(name, takes);
        }
        value
    }

    /// Reads a whole number within inclusive bounds.
    pub(crate) fn number<T>(&mut self, name: &'static str, least: T, most: T) -> Option<T>
    where
        T: FromStr + PartialOrd + Display + Copy,
    {
        self.parsed(
            name,
            &format!("a whole number from {least} to {most}"),
            |text| {
                text.parse()
                    .ok()
                    .filter(|number| (least..=most).contains(number))
            },
        )
    }

    /// Reads a duration within inclusive bounds, written as in the settings (`15m`).
    pub(crate) fn duration(
        &mut self,
        name: &'static str,
        least: &str,
        most: &str,
    ) -> Option<Duration> {
        let bounds = humantime::parse_duration(least).ok()..=humantime::parse_duration(most).ok();
        self.parsed(
            name,
            &format!("a duration from {least} to {most}, such as 90s, 15m, 1h or 30d"),
            |text| {
                humantime::parse_duration(text)
                    .ok()
                    .filter(|duration| bounds.contains(&Some(*duration)))
            },
        )
    }

    /// Like [`Reader::duration`], in the type that can be added to points in time.
    pub(crate) fn span(
        &mut self,
        name: &'static str,
        least: &str,
        most: &str,
    ) -> Option<TimeDelta> {
        self.duration(name, least, most)
            .and_then(|duration| TimeDelta::from_std(duration).ok())
    }

    /// Reads one of several words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let takes = choices
            .iter()
            .map(|(word, _)| *word)
            .collect::<Vec<_>>()
            .join(" or ");
        self.parsed(name, &takes, |text| {
            choices
                .iter()
                .find(|(word, _)| *word == text)
                .map(|(_, choice)| *choice)
        })
    }

    /// Reads `on` or `off`.
    pub(crate) fn switch(&mut self, name: &'static str) -> Option<bool> {
        self.choice(name, &[("on", true), ("off", false)])
    }

    /// Reads an absolute http(s) address without query and fragment.
    pub(crate) fn url(&mut self, name: &'static str) -> Option<Url> {
        self.parsed(
            name,
            "an http:// or https:// address without query or fragment",
            base_url,
        )
    }
}

/// Parses an address to which paths can be appended.
pub(crate) fn base_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let fits = matches!(url.scheme(), "http" | "https")
        && url.host().is_some()
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    fits.then_some(url)
}
