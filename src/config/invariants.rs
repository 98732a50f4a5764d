//! Invariants of the settings, for any input.
#![expect(clippy::missing_panics_doc, reason = "to panic is what they are for")]

use std::collections::BTreeMap;

use url::Url;

use super::settings;
use super::{Config, ConfigErrors};

/// A placeholder for values that must not be shown.
const MARK: &str = "Z8kQ2vMarkX5";

/// Parses settings as a corpus file stores them: lines with variables, a line `---`, a settings file.
pub fn settings(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (lines, file) = match text.split_once("---\n") {
        Some((lines, file)) => (lines, Some(file)),
        None => (&*text, None),
    };
    let variables: BTreeMap<String, String> = lines
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let loaded = Config::load(&variables, file);
    if let Ok(config) = &loaded {
        assert_eq!(config.shown().len(), settings::all().count());
    }
    check_told(loaded);
    check_told(Config::load(&marked(&variables), file));
    let secret = format!("secret = \"{MARK}\"\n");
    check_told(Config::load(
        &variables,
        Some(&(secret + file.unwrap_or_default())),
    ));
    let torn = format!("{}\nsecret = \"{MARK}", file.unwrap_or_default());
    check_told(Config::load(&variables, Some(&torn)));
}

/// Puts the mark in every place that can hold a secret.
fn marked(variables: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut marked = variables.clone();
    for name in ["DATABASE_URL", "GATEHOUSE_MAIL_URL", "REDIS_URL"] {
        if let Some(text) = variables.get(name)
            && let Ok(mut url) = Url::parse(text)
            && url.set_password(Some(MARK)).is_ok()
        {
            marked.insert(name.to_owned(), url.to_string());
        }
    }
    for name in ["GATEHOUSE_PUBLIC_URL", "GATEHOUSE_CORS_ORIGINS"] {
        if let Some(text) = variables.get(name) {
            marked.insert(name.to_owned(), format!("https://{MARK}@{text}"));
        }
    }
    let secret = variables
        .get("GATEHOUSE_SECRET")
        .cloned()
        .unwrap_or_default();
    marked.insert("GATEHOUSE_SECRET".to_owned(), secret + MARK);
    marked
}

/// Secrets are in nothing that is shown; a refusal says why.
fn check_told(loaded: Result<Config, ConfigErrors>) {
    let told = match loaded {
        Ok(config) => config.shown().join("\n"),
        Err(errors) => {
            assert!(!errors.0.is_empty(), "refused for no reason");
            errors.to_string()
        }
    };
    assert!(!told.contains(MARK), "{told}");
}
