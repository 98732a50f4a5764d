//! What a migration would change.

use std::collections::HashSet;

use migration::{INDEXES, Migrator, MigratorTrait as _, SchemaManager};
use sea_orm::{ConnectionTrait as _, DbErr, Statement};

use super::Db;
use super::migrate::{MigrateError, check_applied};

/// The migrations and indexes that a database lacks.
#[derive(Debug)]
pub(crate) struct Pending {
    /// The names of migrations, in the order in which they would run.
    pub(crate) migrations: Vec<String>,
    /// The names of indexes.
    pub(crate) indexes: Vec<&'static str>,
}

impl Pending {
    /// Everything, for a database that does not exist yet.
    pub(crate) fn all() -> Self {
        Self {
            migrations: names().collect(),
            indexes: INDEXES.iter().map(|index| index.name).collect(),
        }
    }
}

impl Db {
    /// Returns what `migrate` and `build_indexes` would add, or the error with which they would fail. Writes nothing.
    pub(crate) async fn pending(&self) -> Result<Pending, MigrateError> {
        let applied = self.applied().await?;
        check_applied(&applied)?;
        let indexes = self.missing_indexes().await?;
        Ok(Pending {
            migrations: names().filter(|name| !applied.contains(name)).collect(),
            indexes: indexes.into_iter().map(|index| index.name).collect(),
        })
    }

    async fn applied(&self) -> Result<HashSet<String>, DbErr> {
        let tx = self.begin_snapshot().await?;
        let table = Migrator::migration_table_name().to_string();
        if !SchemaManager::new(&tx).has_table(&table).await? {
            return Ok(HashSet::new());
        }
        let sql = format!("SELECT version FROM {table}");
        let statement = Statement::from_string(tx.get_database_backend(), sql);
        let rows = tx.query_all_raw(statement).await?;
        rows.iter().map(|row| row.try_get("", "version")).collect()
    }
}

fn names() -> impl Iterator<Item = String> {
    let migrations = Migrator::migrations().into_iter();
    migrations.map(|migration| migration.name().to_owned())
}
