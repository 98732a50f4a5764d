//! Migrates the database to the newest schema, and accepts newer ones.

use std::collections::HashSet;

use migration::{Migrator, MigratorTrait as _, SchemaManager};
use sea_orm::DbErr;

use super::Db;
use crate::errors::reason;

/// The suffix of migrations that versions without them cannot run beside, such as one that removes a column.
const BREAKING: &str = "_breaking";

/// Why the schema is not usable.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MigrateError {
    #[error("{}", reason(.0))]
    Database(#[from] DbErr),
    /// A newer version removed or changed something that this version needs.
    #[error(
        "a newer version changed the schema in a way that this version does not support ({0})\n  \
         Start the version that migrated the database, or a newer one."
    )]
    Breaking(String),
    /// Neither schema contains the other.
    #[error(
        "another version migrated the database ({theirs}), which lacks migrations of this version ({ours})\n  \
         Start a version that has both."
    )]
    Diverged { theirs: String, ours: String },
}

impl Db {
    /// Returns whether a version of this service has used the database before.
    pub(crate) async fn has_tables(&self) -> Result<bool, DbErr> {
        let tx = self.begin_snapshot().await?;
        SchemaManager::new(&tx).has_table("signing_keys").await
    }

    /// Runs the missing migrations in one transaction and under a lock. A newer schema is accepted with a warning: this
    /// version runs on it during an upgrade and after a rollback.
    pub(crate) async fn migrate(&self) -> Result<(), MigrateError> {
        let tx = self.begin_exclusive_without_timeouts("migrations").await?;
        let applied: HashSet<String> = Migrator::get_migration_models(tx.transaction())
            .await?
            .into_iter()
            .map(|row| row.version)
            .collect();
        if check_applied(&applied)? == Schema::Newer {
            return Ok(());
        }
        Migrator::up(tx.transaction(), None).await?;
        tx.commit().await?;
        if applied.is_empty() {
            tracing::info!("database is new: it has no accounts yet");
        }
        Ok(())
    }
}

/// How a schema compares to that of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schema {
    /// The same, or older.
    Known,
    /// Newer, and usable.
    Newer,
}

/// Compares the `applied` migrations to those of this version. Warns if there are newer ones.
pub(super) fn check_applied(applied: &HashSet<String>) -> Result<Schema, MigrateError> {
    let known: HashSet<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    let newer = sorted(applied - &known);
    if newer.is_empty() {
        return Ok(Schema::Known);
    }
    if let Some(breaking) = newer.iter().find(|name| name.ends_with(BREAKING)) {
        return Err(MigrateError::Breaking(breaking.clone()));
    }
    let missing = sorted(&known - applied);
    if !missing.is_empty() {
        return Err(MigrateError::Diverged {
            theirs: newer.join(", "),
            ours: missing.join(", "),
        });
    }
    let migrations = newer.join(", ");
    tracing::warn!(migrations, "database schema is newer than this version");
    Ok(Schema::Newer)
}

fn sorted(names: HashSet<String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    names
}
