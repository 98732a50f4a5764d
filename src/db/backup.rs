//! Copies a database while it is in use.

use std::path::Path;
use std::str::FromStr as _;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectionTrait as _, DbErr};
use secrecy::ExposeSecret as _;

use super::{Db, StatementError};
use crate::config;

/// Returns whether the database is an SQLite file that does not exist. Connecting to it would create it.
pub(crate) fn is_missing(config: &config::Database) -> bool {
    let url = config.url.expose_secret();
    url.starts_with("sqlite:")
        && SqliteConnectOptions::from_str(url).is_ok_and(|options| !options.get_filename().exists())
}

impl Db {
    /// Copies an SQLite database into the empty file `path`, in its current state
    /// (<https://sqlite.org/lang_vacuum.html#vacuuminto>). Writers do not wait.
    pub(crate) async fn copy_to(&self, path: &Path) -> Result<(), StatementError> {
        let text = path
            .to_str()
            .ok_or_else(|| DbErr::Custom("the path is not UTF-8".to_owned()))?;
        let sql = format!("VACUUM INTO '{}'", text.replace('\'', "''"));
        let connections = &self.pools.health.connections;
        connections.execute_unprepared(&sql).await?;
        Ok(())
    }
}
