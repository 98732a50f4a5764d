//! Builds the indexes that are not part of a migration.
//!
//! On `PostgreSQL` they are built concurrently, by one instance at a time and on separate connections. The other
//! instances poll for the lock: a session that waited for it inside a statement would hold a snapshot, for whose end
//! the concurrent build would wait in turn.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use migration::{INDEXES, Index};
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, PgConnection, Row as _};
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, RuntimeErr, Statement};
use tokio::time::sleep;

use super::Db;
use super::transaction::WITHOUT_TIMEOUTS;
use crate::config::PoolMode;

/// How often to try the lock that another instance holds.
const POLL: Duration = Duration::from_millis(500);

/// Selects the names of all valid indexes of the current schema. An interrupted build leaves an invalid one.
const VALID_ON_POSTGRES: &str = "SELECT c.relname AS name FROM pg_index i \
     JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisvalid AND pg_table_is_visible(c.oid)";
const VALID_ON_SQLITE: &str = "SELECT name FROM sqlite_master WHERE type = 'index'";
/// Selects the partitioned tables of the current schema, which operators may make of `security_events`.
const PARTITIONED: &str = "SELECT relname AS name FROM pg_class \
     WHERE relkind = 'p' AND pg_table_is_visible(oid)";
const LOCK: &str = "SELECT pg_try_advisory_xact_lock(hashtextextended('gatehouse/indexes', 0))";

impl Db {
    /// Returns whether indexes can be built while the service runs. SQLite locks the whole file against writes.
    pub(crate) fn builds_indexes_in_background(&self) -> bool {
        self.is_postgres()
    }

    /// Builds the missing indexes. Returns when all exist, whichever instance builds them.
    pub(crate) async fn build_indexes(&self) -> Result<(), DbErr> {
        if self.missing_indexes().await?.is_empty() {
            return Ok(());
        }
        if self.is_postgres() {
            return self.build_on_postgres().await;
        }
        let tx = self.begin_write().await?;
        for index in INDEXES {
            tx.execute_unprepared(&index.create()).await?;
        }
        tx.commit().await
    }

    /// Returns the indexes that do not exist, or are not valid.
    pub(super) async fn missing_indexes(&self) -> Result<Vec<&'static Index>, DbErr> {
        let (backend, sql) = if self.is_postgres() {
            (DbBackend::Postgres, VALID_ON_POSTGRES)
        } else {
            (DbBackend::Sqlite, VALID_ON_SQLITE)
        };
        let statement = Statement::from_string(backend, sql);
        let rows = self.read().query_all_raw(statement).await?;
        let valid = rows
            .iter()
            .map(|row| row.try_get("", "name"))
            .collect::<Result<HashSet<String>, _>>()?;
        let missing = |index: &&Index| !valid.contains(index.name);
        Ok(INDEXES.iter().filter(missing).collect())
    }

    async fn build_on_postgres(&self) -> Result<(), DbErr> {
        // Held by a transaction, because nothing outlives a transaction behind a pooler. It has no snapshot between its
        // statements.
        let mut turn = self.session().await?;
        run(&mut turn, format!("BEGIN; {WITHOUT_TIMEOUTS}")).await?;
        while !has_turn(&mut turn).await? {
            sleep(POLL).await;
        }
        let mut session = self.session().await?;
        if self.pools.pool_mode == PoolMode::Session {
            // A build may take long and may have to wait for a backup.
            run(&mut session, WITHOUT_TIMEOUTS.replace("LOCAL ", "")).await?;
        }
        let partitioned = self.partitioned_tables().await?;
        for index in self.missing_indexes().await? {
            if partitioned.contains(index.table) {
                // PostgreSQL rejects a concurrent build there.
                let (index, table) = (index.name, index.table);
                tracing::warn!(index, table, "index not built: table is partitioned");
                continue;
            }
            let begun = Instant::now();
            tracing::info!(index = index.name, "index build started");
            run(&mut session, index.drop_concurrently()).await?;
            run(&mut session, index.create_concurrently()).await?;
            let seconds = begun.elapsed().as_secs();
            tracing::info!(index = index.name, seconds, "index built");
        }
        session.close().await.map_err(failed)?;
        // Ends the transaction, and with it the lock.
        turn.close().await.map_err(failed)
    }

    async fn partitioned_tables(&self) -> Result<HashSet<String>, DbErr> {
        let statement = Statement::from_string(DbBackend::Postgres, PARTITIONED);
        let rows = self.read().query_all_raw(statement).await?;
        rows.iter().map(|row| row.try_get("", "name")).collect()
    }

    /// Opens a separate connection.
    async fn session(&self) -> Result<PgConnection, DbErr> {
        let pool = &self.pools.health.connections;
        let options = pool.get_postgres_connection_pool().connect_options();
        PgConnection::connect_with(&options).await.map_err(failed)
    }
}

async fn has_turn(session: &mut PgConnection) -> Result<bool, DbErr> {
    let row = sqlx::raw_sql(LOCK)
        .fetch_one(session)
        .await
        .map_err(failed)?;
    row.try_get(0).map_err(failed)
}

/// Runs `sql` unprepared: a concurrent build is rejected inside a transaction.
async fn run(session: &mut PgConnection, sql: String) -> Result<(), DbErr> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(session).await;
    done.map(|_| ()).map_err(failed)
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}
