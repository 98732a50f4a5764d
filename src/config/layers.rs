//! The sources of settings: defaults, a file, the environment.

use std::collections::{BTreeMap, HashMap};

use config::{Environment, File, FileFormat, Value, ValueKind};

use super::error::ConfigError;
use super::profile::Profile;
use super::reader::{Layered, Reader};
use super::settings::{self, Setting};

/// Merges the layers. Variables take precedence over the file, and both over the defaults.
pub(super) fn read_layers(variables: &BTreeMap<String, String>, file: Option<&str>) -> Reader {
    let mut errors = Vec::new();
    let of_file =
        layer(File::from_str(file.unwrap_or_default(), FileFormat::Toml)).unwrap_or_else(|error| {
            errors.push(ConfigError {
                setting: "GATEHOUSE_CONFIG".to_owned(),
                held: format!("names a file that is not TOML: {}", without_lines(&error)),
                takes: "expected a TOML file with one `key = value` a line".to_owned(),
            });
            HashMap::new()
        });
    let of_environment = environment_layer(variables);

    let mut profile = Profile::Development;
    let mut values = BTreeMap::new();
    for setting in settings::all() {
        let (value, origin) = match (
            of_environment.get(&setting.key()),
            of_file.get(&setting.key()),
        ) {
            (Some(value), _) => (as_text(value), "environment"),
            (None, Some(value)) => (as_text(value), "file"),
            (None, None) if profile == Profile::Production => (
                Some(setting.in_production.unwrap_or(setting.default).to_owned()),
                "default",
            ),
            (None, None) => (Some(setting.default.to_owned()), "default"),
        };
        let text = value.unwrap_or_else(|| {
            errors.push(ConfigError {
                setting: setting.key(),
                held: "is a table".to_owned(),
                takes: "expected a plain value".to_owned(),
            });
            setting.default.to_owned()
        });
        if setting.name == "GATEHOUSE_PROFILE" && text == "production" {
            profile = Profile::Production;
        }
        values.insert(setting.name, Layered { text, origin });
    }
    // Its key is that of DATABASE_URL, which has no prefix because other tools set it.
    if variables.contains_key("GATEHOUSE_DATABASE_URL") {
        errors.push(ConfigError {
            setting: "GATEHOUSE_DATABASE_URL".to_owned(),
            held: "is not a setting".to_owned(),
            takes: "did you mean DATABASE_URL?".to_owned(),
        });
    }
    errors.extend(unknown(&of_environment, "GATEHOUSE_", str::to_uppercase));
    errors.extend(unknown(&of_file, "", str::to_owned));

    let mut reader = Reader {
        values,
        errors,
        profile,
    };
    let profiles = [
        ("development", Profile::Development),
        ("production", Profile::Production),
    ];
    reader.choice("GATEHOUSE_PROFILE", &profiles);
    reader
}

/// Returns what is wrong and where, without the line itself, which may contain a secret.
fn without_lines(error: &config::ConfigError) -> String {
    let text = error.to_string();
    let is_of_file = |line: &&str| {
        let numbered = line
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit());
        numbered.trim_start().starts_with('|')
    };
    let told = text.lines().filter(|line| !is_of_file(line));
    told.collect::<Vec<_>>().join(": ").trim().to_owned()
}

fn layer<S>(source: S) -> Result<HashMap<String, Value>, config::ConfigError>
where
    S: config::Source + Send + Sync + 'static,
{
    config::Config::builder()
        .add_source(source)
        .build()?
        .try_deserialize()
}

fn environment_layer(variables: &BTreeMap<String, String>) -> HashMap<String, Value> {
    let ours = variables.iter().map(|(name, value)| {
        let prefixed = if name.starts_with("GATEHOUSE_") {
            name.clone()
        } else {
            format!("GATEHOUSE_{name}")
        };
        (prefixed, value.clone())
    });
    let source = Environment::with_prefix("GATEHOUSE").source(Some(ours.collect()));
    layer(source).unwrap_or_default()
}

fn as_text(value: &Value) -> Option<String> {
    match &value.kind {
        ValueKind::Array(items) => items
            .iter()
            .map(as_text)
            .collect::<Option<Vec<_>>>()
            .map(|texts| texts.join(",")),
        ValueKind::Boolean(on) => Some(if *on { "on" } else { "off" }.to_owned()),
        _ => value.clone().into_string().ok(),
    }
}

fn unknown<'a>(
    layer: &'a HashMap<String, Value>,
    prefix: &'a str,
    spelled: impl Fn(&str) -> String + 'a,
) -> impl Iterator<Item = ConfigError> + 'a {
    let known = |key: &str| settings::all().any(|setting| setting.key() == key);
    layer
        .keys()
        .filter(move |key| !known(key))
        .map(move |key| ConfigError {
            setting: format!("{prefix}{}", spelled(key)),
            held: "is not a setting".to_owned(),
            takes: nearest(key, prefix.is_empty()).map_or_else(
                || "`gatehouse config` lists the settings".to_owned(),
                |name| format!("did you mean {name}?"),
            ),
        })
}

/// Returns the setting with the most similar words, or `None` if there is none. Only whole words are compared: `PORT`
/// is no part of `PASSWORD`.
fn nearest(key: &str, in_file: bool) -> Option<String> {
    // The common names of this setting in other services.
    let key = if matches!(key, "port" | "host" | "bind" | "address") {
        "listen"
    } else {
        key
    };
    let distance = |setting: &&Setting| {
        let known = setting.key();
        let known: Vec<&str> = known.split('_').collect();
        let words: Vec<&str> = key.split('_').collect();
        let missing = |words: &[&str], others: &[&str]| {
            let nearest = |word: &&str| others.iter().map(|other| apart(word, other)).min();
            words
                .iter()
                .map(|word| nearest(word).unwrap_or(WORD))
                .sum::<usize>()
        };
        let is_like_none = missing(&words, &known) == words.len() * WORD;
        (
            is_like_none,
            missing(&words, &known) + missing(&known, &words),
        )
    };
    let nearest = settings::all()
        .min_by_key(distance)
        .filter(|it| !distance(it).0)?;
    Some(if in_file {
        nearest.key()
    } else {
        nearest.name.to_owned()
    })
}

/// The distance of a word without a counterpart.
const WORD: usize = 4;

/// Returns the edit distance of two words, or [`WORD`] if more than a third of the letters differ.
fn apart(word: &str, other: &str) -> usize {
    let edits = strsim::damerau_levenshtein(word, other);
    let is_misspelt = edits * 3 <= Ord::max(word.len(), other.len());
    if is_misspelt {
        Ord::min(edits, WORD)
    } else {
        WORD
    }
}
