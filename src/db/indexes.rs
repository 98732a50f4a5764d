//! Building the indexes that are not part of a migration.
//!
//! On `PostgreSQL` they are built concurrently, by one instance at a time and on connections of its own. The others
//! poll for the lock: a session that waited for it inside of a statement would hold a snapshot, for whose end the
//! concurrent build waits in turn.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use migration::{INDEXES, Index};
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, PgConnection, Row as _};
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, RuntimeErr, Statement};
use tokio::time::sleep;

use super::Db;
use super::transaction::WITHOUT_TIMEOUTS;
use crate::config::PoolMode;

/// How often to ask for the lock that another instance holds.
const POLL: Duration = Duration::from_millis(500);

/// Names of all valid indexes of the schema in use. An invalid one is what an interrupted build left.
const VALID_ON_POSTGRES: &str = "SELECT c.relname AS name FROM pg_index i \
     JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisvalid AND pg_table_is_visible(c.oid)";
const VALID_ON_SQLITE: &str = "SELECT name FROM sqlite_master WHERE type = 'index'";
const LOCK: &str = "SELECT pg_try_advisory_xact_lock(hashtextextended('gatehouse/indexes', 0))";

impl Db {
    /// Whether indexes can be built while the service runs. SQLite locks the whole file against writes.
    pub(crate) fn builds_indexes_in_background(&self) -> bool {
        self.is_postgres()
    }

    /// Builds the indexes that are missing; returns once all are there, whoever builds them.
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

    async fn missing_indexes(&self) -> Result<Vec<&'static Index>, DbErr> {
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
        // Held by a transaction, as behind a pooler nothing lasts longer. Between its statements it has no snapshot.
        let mut turn = self.session().await?;
        run(&mut turn, format!("BEGIN; {WITHOUT_TIMEOUTS}")).await?;
        while !has_turn(&mut turn).await? {
            sleep(POLL).await;
        }
        let mut session = self.session().await?;
        if self.pools.pool_mode == PoolMode::Session {
            // A build takes as long as it takes, and may have to wait for a backup.
            run(&mut session, WITHOUT_TIMEOUTS.replace("LOCAL ", "")).await?;
        }
        for index in self.missing_indexes().await? {
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

    /// A connection of its own.
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

/// Runs `sql` unprepared: a concurrent build is refused inside of a transaction.
async fn run(session: &mut PgConnection, sql: String) -> Result<(), DbErr> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(session).await;
    done.map(|_| ()).map_err(failed)
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}
