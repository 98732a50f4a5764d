//! `gatehouse migrate`

use std::error::Error;
use std::io::{self, Write};

use clap::Args;

use crate::config::Config;
use crate::db::{Db, Pending, StatementError, is_missing};
use crate::metrics::Metrics;
use crate::secret_file::check_secret;

/// The arguments of the command.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// Print the missing migrations and indexes, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Runs the missing migrations and builds the missing indexes.
pub(super) async fn migrate(arguments: Migrate, config: Config) -> Result<(), Box<dyn Error>> {
    if arguments.dry_run && is_missing(&config.database) {
        return Ok(print(&Pending::all(), &config)?);
    }
    let timeout = config.limits.request_timeout;
    let db = Db::connect(&config.database, timeout, &Metrics::new()).await?;
    if arguments.dry_run {
        return Ok(print(&db.pending().await?, &config)?);
    }
    // A wrong secret must fail before the schema changes.
    check_secret(&config, &db).await?;
    db.migrate().await?;
    db.build_indexes().await.map_err(StatementError::from)?;
    tracing::info!("database {} is up to date", config.database.shown_url);
    Ok(())
}

fn print(pending: &Pending, config: &Config) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if pending.migrations.is_empty() && pending.indexes.is_empty() {
        let url = &config.database.shown_url;
        return writeln!(out, "The database {url} is up to date.");
    }
    for name in &pending.migrations {
        writeln!(out, "migration  {name}")?;
    }
    for name in &pending.indexes {
        writeln!(out, "index      {name}")?;
    }
    Ok(())
}
