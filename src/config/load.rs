//! Merges the layers of settings (defaults, file, environment), validates them together and prints them.

use std::collections::BTreeMap;

use super::address::{masked, shown_path, without_credentials};
use super::environment::is_ours;
use super::error::{ConfigError, ConfigErrors};
use super::layers::read_layers;
use super::listen::follow_listener;
use super::reader::Reader;
use super::settings::{self, Setting};
use super::{
    Accounts, Database, Deletion, Factors, Limits, Listen, Logging, Mail, Passwords, Profile,
    RateLimits, Tokens, Traces, Workers,
};

/// All settings, validated. Nothing reads the environment after this was created.
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
    /// Second factors and passkeys.
    pub factors: Factors,
    /// Email and emailed links.
    pub mail: Mail,
    /// Rate limits.
    pub rate_limits: RateLimits,
    /// Account deletion.
    pub deletion: Deletion,
    /// Background work.
    pub workers: Workers,
    /// Limits on requests.
    pub limits: Limits,
    /// The log.
    pub logging: Logging,
    /// Where traces are exported to, if they are.
    pub traces: Option<Traces>,
    shown: Vec<String>,
}

/// Variables whose value can also stand in a file named by `…_FILE`, as container secrets do.
const FROM_FILE: &[&str] = &[
    "DATABASE_URL",
    "GATEHOUSE_SECRET",
    "GATEHOUSE_FRONT_END_SECRET",
    "GATEHOUSE_MAIL_URL",
    "OTEL_EXPORTER_OTLP_HEADERS",
    "REDIS_URL",
];

impl Config {
    /// Reads the process's environment and the file that `GATEHOUSE_CONFIG` names.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    pub fn from_environment() -> Result<Self, ConfigErrors> {
        let mut errors = Vec::new();
        let mut variables: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .filter(|(name, value)| is_ours(name, &value.to_string_lossy()))
            .filter_map(|(name, value)| {
                let text = value.into_string().ok();
                if text.is_none() {
                    errors.push(ConfigError {
                        setting: name.clone(),
                        held: "is not text".to_owned(),
                        takes: "expected UTF-8".to_owned(),
                    });
                }
                Some((name, text?))
            })
            .collect();
        let mut kept_in = Vec::new();
        for name in FROM_FILE {
            if let Some(path) = variables.remove(&format!("{name}_FILE")) {
                match std::fs::read_to_string(&path) {
                    Ok(text) if !variables.contains_key(*name) => {
                        variables.insert((*name).to_owned(), text.trim().to_owned());
                        kept_in.push((format!("{name}="), format!(" ({name}_FILE={path})")));
                    }
                    Ok(_) => errors.push(ConfigError {
                        setting: format!("{name}_FILE"),
                        held: format!("is \"{}\" while {name} is set too", shown_path(&path)),
                        takes: "set one of the two".to_owned(),
                    }),
                    Err(error) => errors.push(unreadable(&format!("{name}_FILE"), &path, &error)),
                }
            }
        }
        let path = variables.remove("GATEHOUSE_CONFIG");
        let file = path.as_ref().and_then(|path| {
            std::fs::read_to_string(path)
                .map_err(|error| errors.push(unreadable("GATEHOUSE_CONFIG", path, &error)))
                .ok()
        });
        match Self::load(&variables, file.as_deref()) {
            Ok(mut config) if errors.is_empty() => {
                for line in &mut config.shown {
                    if let Some(path) = path.as_ref().filter(|_| line.ends_with("# file")) {
                        *line = format!("{line} {path}");
                    }
                    if let Some((_, path)) = kept_in.iter().find(|(name, _)| line.starts_with(name))
                    {
                        line.push_str(path);
                    }
                }
                Ok(config)
            }
            Ok(_) => Err(ConfigErrors(errors)),
            Err(ConfigErrors(more)) => Err(ConfigErrors([errors, more].concat())),
        }
    }

    /// Validates the given variables and the text of a settings file (TOML); the variables win.
    pub fn load(
        variables: &BTreeMap<String, String>,
        file: Option<&str>,
    ) -> Result<Self, ConfigErrors> {
        let mut reader = read_layers(variables, file);
        follow_listener(&mut reader);
        let listen = Listen::read(&mut reader);
        let database = Database::read(&mut reader);
        let tokens = Tokens::read(&mut reader);
        let passwords = Passwords::read(&mut reader);
        let accounts = Accounts::read(&mut reader);
        let factors = Factors::read(&mut reader, (listen.as_ref(), accounts.as_ref()));
        let mail = Mail::read(&mut reader);
        let rate_limits = RateLimits::read(&mut reader);
        let deletion = Deletion::read(&mut reader);
        let workers = Workers::read(&mut reader);
        let limits = Limits::read(&mut reader);
        let logging = Logging::read(&mut reader);
        let traces = Traces::read(&mut reader);
        let requires_tls = reader.switch("GATEHOUSE_REQUIRE_TLS") == Some(true);
        let assembled = || {
            Some(Self {
                profile: reader.profile,
                shown: settings::all()
                    .map(|setting| show(setting, &reader))
                    .collect(),
                listen: listen?,
                database: database?,
                tokens: tokens?,
                passwords: passwords?,
                accounts: accounts?,
                factors: factors?,
                mail: mail?,
                rate_limits: rate_limits?,
                deletion: deletion?,
                workers: workers?,
                limits: limits?,
                logging: logging?,
                traces: traces?,
            })
        };
        let assembled = assembled();
        let found = assembled.as_ref().filter(|_| requires_tls);
        for link in found.map(Self::unprotected).unwrap_or_default() {
            reader.reject(link.setting, link.takes);
        }
        match assembled {
            Some(config) if reader.errors.is_empty() => Ok(config),
            _ => Err(ConfigErrors(reader.errors)),
        }
    }

    /// Returns the effective settings as lines `NAME=value  # where it was set`, with secrets masked.
    pub fn shown(&self) -> &[String] {
        &self.shown
    }
}

fn unreadable(setting: &str, path: &str, error: &std::io::Error) -> ConfigError {
    let path = shown_path(path);
    let value = setting.strip_suffix("_FILE");
    ConfigError {
        setting: setting.to_owned(),
        held: format!("is \"{path}\", which cannot be read ({error})"),
        takes: value.map_or_else(
            || "expected the path of a readable file".to_owned(),
            |value| {
                format!("expected the path of a readable file; the value itself belongs in {value}")
            },
        ),
    }
}

fn show(setting: &Setting, reader: &Reader) -> String {
    let text = reader.text(setting.name);
    let shown = match setting.name {
        _ if text.is_empty() => String::new(),
        "DATABASE_URL" | "GATEHOUSE_MAIL_URL" | "REDIS_URL" => masked(&text),
        _ if setting.is_secret => "********".to_owned(),
        _ => without_credentials(&text),
    };
    let origin = reader
        .values
        .get(setting.name)
        .map_or("default", |value| value.origin);
    format!("{}={shown}  # {origin}", setting.name)
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
