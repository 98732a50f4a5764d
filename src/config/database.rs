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
    /// A read-only replica, if there is one.
    pub replica: Option<Replica>,
    /// The maximum number of open connections.
    pub max_connections: u32,
    /// How long to wait for a connection.
    pub timeout: Duration,
    /// How long the process keeps a connection of `PostgreSQL`.
    pub pool_mode: PoolMode,
}

/// A replica that may lag behind.
#[derive(Clone, Debug)]
pub struct Replica {
    /// The address, with credentials.
    pub url: SecretString,
    /// The address without the password, for messages.
    pub shown_url: String,
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
            &format!("sqlite://path/to/file.db?mode=rwc or postgres://user:password@host:5432/name with one host and without target_session_attrs and load_balance_hosts, {ENCODED}"),
            |text| {
                (text.starts_with("sqlite:") || names_one_server(text)).then(|| text.to_owned())
            },
        );
        let replica = reader.parsed(
            "DATABASE_READ_URL",
            &format!(
                "postgres://user:password@host:5432/name as for DATABASE_URL, {ENCODED}; or empty"
            ),
            |text| match text {
                "" => Some(None),
                _ => names_one_server(text).then(|| Some(text.to_owned())),
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
        let replica = replica?;
        if replica.is_some() && url.starts_with("sqlite:") {
            reader.reject("DATABASE_READ_URL", "nothing with SQLite");
        }
        Some(Self {
            shown_url: masked(&url),
            url: url.into(),
            replica: replica.map(|url| Replica {
                shown_url: masked(&url),
                url: url.into(),
            }),
            max_connections: max_connections?,
            timeout: timeout?,
            pool_mode: pool_mode?,
        })
    }
}

/// Returns whether the driver understands the address of a server. It takes a list of hosts for one name, and ignores the attributes
/// that libpq chooses one of them by.
fn names_one_server(text: &str) -> bool {
    let is_server = ["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    let is_list = url.host_str().is_some_and(|host| host.contains(','));
    let is_chosen = url.query_pairs().any(|(name, value)| {
        name == "target_session_attrs"
            || name == "load_balance_hosts"
            || (name == "host" && value.contains(','))
    });
    is_server && !is_list && !is_chosen && !is_cut_short(text)
}

#[cfg(test)]
impl Database {
    /// Returns an SQLite database in `folder`, for unit tests.
    pub(crate) fn sqlite_in(folder: &std::path::Path) -> Self {
        let url = format!("sqlite://{}?mode=rwc", folder.join("test.db").display());
        Self {
            shown_url: url.clone(),
            url: url.into(),
            replica: None,
            max_connections: 2,
            timeout: Duration::from_secs(1),
            pool_mode: PoolMode::Session,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::names_one_server;

    #[test]
    fn addresses_of_several_servers_are_rejected() {
        for one in [
            "postgres://a:b@db.example:5432/c",
            "postgres:///c?host=/run/postgresql",
            "postgres://a@[::1]/c?sslmode=require",
        ] {
            assert!(names_one_server(one), "{one}");
        }
        for several in [
            "postgres://a:b@one,two/c",
            "postgres://a:b@one:5432,two:5432/c",
            "postgres:///c?host=one,two",
            "postgres://one/c?target_session_attrs=read-write",
            "postgres://one/c?load_balance_hosts=random",
        ] {
            assert!(!names_one_server(several), "{several}");
        }
    }
}
