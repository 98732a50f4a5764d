//! `gatehouse migrate`

use std::error::Error;

use crate::config::Config;
use crate::db::Db;
use crate::metrics::Metrics;

/// Runs the migrations that are missing and builds the indexes that are missing.
pub(super) async fn migrate(config: Config) -> Result<(), Box<dyn Error>> {
    let db = Db::connect(&config.database, &Metrics::new()).await?;
    db.migrate().await?;
    db.build_indexes().await?;
    tracing::info!(
        "the database {} has the newest schema",
        config.database.shown_url
    );
    Ok(())
}
