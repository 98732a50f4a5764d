//! Layers the settings (defaults, file, environment), validates them together and shows them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use config::{Environment, File, FileFormat, Value, ValueKind};

use super::reader::{Layered, Reader};
use super::settings::{SETTINGS, Setting};
use super::{Accounts, Database, Deletion, Limits, Listen, Logging, Passwords, Tokens, Workers};

/// Every setting, validated. Nothing reads the environment after this was made.
#[derive(Clone, Debug)]
pub struct Config {
    /// Development or production.
    pub profile: Profile,
    /// Addresses and origins.
    pub listen: Listen,
    /// The database.
    pub database: Database,
    /// Access tokens, refresh tokens, sessions and signing keys.
    pub tokens: Tokens,
    /// Password policy and hashing.
    pub passwords: Passwords,
    /// Registration and usernames.
    pub accounts: Accounts,
    /// Account deletion.
    pub deletion: Deletion,
    /// Background work.
    pub workers: Workers,
    /// Bounds on requests.
    pub limits: Limits,
    /// The log.
    pub logging: Logging,
    shown: Vec<String>,
}

/// What the server is started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// On a developer's machine: everything has a default.
    Development,
    /// For real users: secret, database and public URL must be given.
    Production,
}

/// One thing that is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The variable, or the file.
    pub setting: String,
    /// What it holds.
    pub held: String,
    /// What it takes.
    pub takes: String,
}

/// Everything that is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings cannot be used:")?;
        for Fault {
            setting,
            held,
            takes,
        } in &self.0
        {
            write!(f, "\n  {setting} {held}; it takes {takes}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// Variables whose value can also stand in a file named by `…_FILE`, as container secrets do.
const FROM_FILE: &[&str] = &["DATABASE_URL", "GATEHOUSE_SECRET"];

impl Config {
    /// Reads the process's environment and the file that `GATEHOUSE_CONFIG` names.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    pub fn from_environment() -> Result<Self, Faults> {
        let mut variables: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with("GATEHOUSE_") || name.starts_with("DATABASE_URL"))
            .collect();
        let mut faults = Vec::new();
        for name in FROM_FILE {
            if let Some(path) = variables.remove(&format!("{name}_FILE")) {
                match std::fs::read_to_string(&path) {
                    Ok(text) if !variables.contains_key(*name) => {
                        variables.insert((*name).to_owned(), text.trim().to_owned());
                    }
                    Ok(_) => faults.push(Fault {
                        setting: format!("{name}_FILE"),
                        held: format!("holds \"{path}\" while {name} is set too"),
                        takes: "one of the two".to_owned(),
                    }),
                    Err(error) => faults.push(unreadable(&format!("{name}_FILE"), &path, &error)),
                }
            }
        }
        let file = variables.remove("GATEHOUSE_CONFIG").and_then(|path| {
            std::fs::read_to_string(&path)
                .map_err(|error| faults.push(unreadable("GATEHOUSE_CONFIG", &path, &error)))
                .ok()
        });
        match Self::load(&variables, file.as_deref()) {
            Ok(config) if faults.is_empty() => Ok(config),
            Ok(_) => Err(Faults(faults)),
            Err(Faults(more)) => Err(Faults([faults, more].concat())),
        }
    }

    /// Validates the given variables and the text of a settings file (TOML); the variables win.
    pub fn load(variables: &BTreeMap<String, String>, file: Option<&str>) -> Result<Self, Faults> {
        let mut reader = read_layers(variables, file)?;
        let listen = Listen::read(&mut reader);
        let database = Database::read(&mut reader);
        let tokens = Tokens::read(&mut reader);
        let passwords = Passwords::read(&mut reader);
        let accounts = Accounts::read(&mut reader);
        let deletion = Deletion::read(&mut reader);
        let workers = Workers::read(&mut reader);
        let limits = Limits::read(&mut reader);
        let logging = Logging::read(&mut reader);
        let assembled = || {
            Some(Self {
                profile: reader.profile,
                shown: SETTINGS
                    .iter()
                    .map(|setting| show(setting, &reader))
                    .collect(),
                listen: listen?,
                database: database?,
                tokens: tokens?,
                passwords: passwords?,
                accounts: accounts?,
                deletion: deletion?,
                workers: workers?,
                limits: limits?,
                logging: logging?,
            })
        };
        match assembled() {
            Some(config) if reader.faults.is_empty() => Ok(config),
            _ => Err(Faults(reader.faults)),
        }
    }

    /// The settings in force, one `NAME=value  # where it was set` a line, secrets masked.
    pub fn shown(&self) -> &[String] {
        &self.shown
    }
}

fn unreadable(setting: &str, path: &str, error: &std::io::Error) -> Fault {
    Fault {
        setting: setting.to_owned(),
        held: format!("holds \"{path}\", which cannot be read ({error})"),
        takes: "the path of a readable file".to_owned(),
    }
}

fn read_layers(variables: &BTreeMap<String, String>, file: Option<&str>) -> Result<Reader, Faults> {
    let mut faults = Vec::new();
    let of_file =
        layer(File::from_str(file.unwrap_or_default(), FileFormat::Toml)).unwrap_or_else(|error| {
            faults.push(Fault {
                setting: "GATEHOUSE_CONFIG".to_owned(),
                held: format!(
                    "names a file that is not TOML: {}",
                    error.to_string().trim()
                ),
                takes: "a TOML file with one `key = value` a line".to_owned(),
            });
            HashMap::new()
        });
    let of_environment = environment_layer(variables);

    let mut profile = Profile::Development;
    let mut values = BTreeMap::new();
    for setting in SETTINGS {
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
            faults.push(Fault {
                setting: setting.key(),
                held: "is a table".to_owned(),
                takes: "a plain value".to_owned(),
            });
            setting.default.to_owned()
        });
        if setting.name == "GATEHOUSE_PROFILE" && text == "production" {
            profile = Profile::Production;
        }
        values.insert(setting.name, Layered { text, origin });
    }
    faults.extend(unknown(&of_environment, "GATEHOUSE_", str::to_uppercase));
    faults.extend(unknown(&of_file, "", str::to_owned));

    let mut reader = Reader {
        values,
        faults,
        profile,
    };
    let profiles = [
        ("development", Profile::Development),
        ("production", Profile::Production),
    ];
    reader.choice("GATEHOUSE_PROFILE", &profiles);
    Ok(reader)
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
) -> impl Iterator<Item = Fault> + 'a {
    let known = |key: &str| SETTINGS.iter().any(|setting| setting.key() == key);
    layer
        .keys()
        .filter(move |key| !known(key))
        .map(move |key| Fault {
            setting: format!("{prefix}{}", spelled(key)),
            held: "is not a setting".to_owned(),
            takes: format!("none; did you mean {}?", nearest(key, prefix.is_empty())),
        })
}

fn nearest(key: &str, in_file: bool) -> String {
    let likeness = |setting: &&Setting| {
        let known = setting.key();
        let shared = known
            .split('_')
            .filter(|word| key.split('_').any(|other| other == *word))
            .count();
        let prefix = known
            .bytes()
            .zip(key.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        (shared, prefix)
    };
    SETTINGS
        .iter()
        .max_by_key(likeness)
        .map_or_else(String::new, |setting| {
            if in_file {
                setting.key()
            } else {
                setting.name.to_owned()
            }
        })
}

fn show(setting: &Setting, reader: &Reader) -> String {
    let text = reader.text(setting.name);
    let shown = match setting.name {
        _ if text.is_empty() => String::new(),
        "DATABASE_URL" => super::database::masked(&text),
        _ if setting.is_secret => "********".to_owned(),
        _ => text,
    };
    let origin = reader
        .values
        .get(setting.name)
        .map_or("default", |value| value.origin);
    format!("{}={shown}  # {origin}", setting.name)
}

#[cfg(test)]
mod tests;
