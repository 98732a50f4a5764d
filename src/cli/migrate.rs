//! `gatehouse migrate`

use std::error::Error;

use crate::config::Config;
use crate::db::{Db, StatementError};
use crate::metrics::Metrics;
use crate::secret_file::check_secret;

/// Runs the missing migrations and builds the missing indexes.
pub(super) async fn migrate(config: Config) -> Result<(), Box<dyn Error>> {
    let timeout = config.limits.request_timeout;
    let db = Db::connect(&config.database, timeout, &Metrics::new()).await?;
    // A wrong secret must fail before the schema changes.
    check_secret(&config, &db).await?;
    db.migrate().await?;
    db.build_indexes().await.map_err(StatementError::from)?;
    tracing::info!("database {} is up to date", config.database.shown_url);
    Ok(())
}
