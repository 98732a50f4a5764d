//! Settings of the database and its connections.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::Profile;
use super::address::{ENCODED, is_cut_short, masked};
use super::reader::Reader;

/// The database.
#[derive(Clone, Debug)]
pub struct Database {
    /// The address, with credentials.
    pub url: SecretString,
    /// The address without the password, for messages.
    pub shown_url: String,
    /// The maximum number of open connections.
    pub max_connections: u32,
    /// How long to wait for a connection.
    pub timeout: Duration,
    /// How long the process keeps a connection of `PostgreSQL`.
    pub pool_mode: PoolMode,
}

/// For how long a connection pooler in front of `PostgreSQL` assigns a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolMode {
    /// For a whole session. Also the mode without a pooler.
    Session,
    /// For one transaction. Session state, such as settings and prepared statements, does not last longer.
    Transaction,
}

impl Database {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let url = reader.parsed(
            "DATABASE_URL",
            &format!("sqlite://path/to/file.db?mode=rwc or postgres://user:password@host:5432/name, {ENCODED}"),
            |text| {
                let known = ["sqlite:", "postgres://", "postgresql://"];
                let fits = known.iter().any(|scheme| text.starts_with(scheme));
                let is_file = text.starts_with("sqlite:");
                (fits && (is_file || (Url::parse(text).is_ok() && !is_cut_short(text))))
                    .then(|| text.to_owned())
            },
        );
        let max_connections = reader.number("GATEHOUSE_DATABASE_POOL", 2, 1000);
        let timeout = reader.duration("GATEHOUSE_DATABASE_TIMEOUT", "100ms", "1m");
        let modes = [
            ("session", PoolMode::Session),
            ("transaction", PoolMode::Transaction),
        ];
        let pool_mode = reader.choice("GATEHOUSE_DATABASE_POOL_MODE", &modes);
        if reader.profile == Profile::Production && !reader.is_explicit("DATABASE_URL") {
            reader.reject("DATABASE_URL", "an explicit address in production");
        }
        let url = url?;
        if pool_mode == Some(PoolMode::Transaction) && url.starts_with("sqlite:") {
            reader.reject("GATEHOUSE_DATABASE_POOL_MODE", "session with SQLite");
        }
        Some(Self {
            shown_url: masked(&url),
            url: url.into(),
            max_connections: max_connections?,
            timeout: timeout?,
            pool_mode: pool_mode?,
        })
    }
}

#[cfg(test)]
impl Database {
    /// Returns an SQLite database in `folder`, for unit tests.
    pub(crate) fn sqlite_in(folder: &std::path::Path) -> Self {
        let url = format!("sqlite://{}?mode=rwc", folder.join("test.db").display());
        Self {
            shown_url: url.clone(),
            url: url.into(),
            max_connections: 2,
            timeout: Duration::from_secs(1),
            pool_mode: PoolMode::Session,
        }
    }
}
