//! `gatehouse backup FILE`

use std::error::Error;
use std::path::PathBuf;

use clap::Args;

use crate::config::Config;
use crate::db::{Db, StatementError};
use crate::metrics::Metrics;
use crate::private_files::create_file;

/// Arguments of `gatehouse backup`.
#[derive(Args, Debug)]
pub(super) struct Backup {
    /// The file to write; it must not exist yet.
    file: PathBuf,
}

/// Copies an SQLite database to a file that only its owner can read. The copy is consistent, and the service may keep
/// running.
pub(super) async fn backup(arguments: Backup, config: Config) -> Result<(), Box<dyn Error>> {
    let shown_url = &config.database.shown_url;
    let timeout = config.limits.request_timeout;
    if !shown_url.starts_with("sqlite:") {
        return Err(format!(
            "{shown_url} is not an SQLite database\n  Back up PostgreSQL with pg_dump."
        )
        .into());
    }
    let path = arguments.file;
    let shown = path.display();
    let db = Db::connect(&config.database, timeout, &Metrics::new()).await?;
    if !db.has_tables().await.map_err(StatementError::from)? {
        return Err(format!("{shown_url} has no accounts: there is nothing to back up").into());
    }
    let file = create_file(&path).map_err(|error| {
        format!("cannot create {shown}: {error}\n  Specify a new file in a writable folder.")
    })?;
    if let Err(error) = db.copy_to(&path).await {
        drop(file);
        // An incomplete copy must not be mistaken for a backup.
        std::fs::remove_file(&path)?;
        return Err(format!("backup to {shown} failed: {error}").into());
    }
    file.sync_all()?;
    tracing::info!("{shown_url} backed up to {shown}; back up the secret separately");
    Ok(())
}
