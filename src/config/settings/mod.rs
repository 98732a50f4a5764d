//! Every setting: its variable, its default, whether it is a secret, and its description.
//!
//! `just reference` writes docs/reference/settings.md from these files; a test compares the two. The doc comment of a
//! table is its section's heading and introduction, the doc comment of a setting its description.

mod accounts;
mod api;
mod rate_limits;
mod service;
mod storage;

/// Makes a table of settings. Their doc comments go into the reference alone; nothing of them is compiled.
macro_rules! settings {
    ($($(#[doc = $description:literal])+ $kind:ident($($argument:expr),+)),+ $(,)?) => {
        &[$($kind($($argument),+)),+]
    };
}
use settings;

/// One setting, as an operator sees it.
pub(crate) struct Setting {
    /// The environment variable. In a settings file: without `GATEHOUSE_`, in lower case.
    pub(crate) name: &'static str,
    /// The value if nothing is set; empty if there is none.
    pub(crate) default: &'static str,
    /// The value in production if nothing is set, if it differs.
    pub(crate) in_production: Option<&'static str>,
    /// Whether the value is masked wherever it is shown.
    pub(crate) is_secret: bool,
}

impl Setting {
    /// The key of the setting in a settings file.
    pub(crate) fn key(&self) -> String {
        self.name
            .strip_prefix("GATEHOUSE_")
            .unwrap_or(self.name)
            .to_lowercase()
    }
}

const fn plain(name: &'static str, default: &'static str) -> Setting {
    Setting {
        name,
        default,
        in_production: None,
        is_secret: false,
    }
}

const fn by_profile(
    name: &'static str,
    default: &'static str,
    in_production: &'static str,
) -> Setting {
    Setting {
        name,
        default,
        in_production: Some(in_production),
        is_secret: false,
    }
}

const fn secret(name: &'static str, default: &'static str) -> Setting {
    Setting {
        name,
        default,
        in_production: None,
        is_secret: true,
    }
}

/// The tables, in the order in which settings are shown. `GATEHOUSE_PROFILE` is the first setting: defaults depend on it.
const TABLES: &[&[Setting]] = &[
    service::SERVICE,
    service::HTTP,
    service::TLS,
    service::PROXIES,
    service::LOG,
    storage::DATABASE,
    storage::REDIS,
    storage::WORKERS,
    accounts::ACCOUNTS,
    accounts::PASSWORDS,
    accounts::TOKENS,
    accounts::EMAIL,
    rate_limits::RATE_LIMITS,
    api::GRAPHQL,
];

/// Every setting there is. A variable named `GATEHOUSE_…` that is not one of them stops the start.
pub(crate) fn all() -> impl Iterator<Item = &'static Setting> {
    TABLES.iter().copied().flatten()
}
