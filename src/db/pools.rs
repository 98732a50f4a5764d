//! The connections of the process: some for requests, some for workers, some for health, so that none of the
//! three waits for another.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::Connection as _;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};
use secrecy::ExposeSecret;

use super::observe::observed;
use super::writability::Writability;
use crate::config;
use crate::metrics::Metrics;

/// How long a connection may lie idle before it is tested again: longer costs nothing under load, shorter
/// notices sooner that the server was restarted.
const TRUSTED_WHILE_IDLE: Duration = Duration::from_secs(1);

/// Connections of the workers: one for each of them.
const WORKER_CONNECTIONS: u32 = 4;

/// How long a worker's statement may take. Workers write in batches.
const WORKER_STATEMENT: Duration = Duration::from_mins(1);

/// How long SQLite waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

tokio::task_local! {
    static IS_WORKER: ();
}

/// Runs `work` on the connections of the workers.
pub(crate) async fn as_worker<T>(work: impl Future<Output = T>) -> T {
    IS_WORKER.scope((), work).await
}

/// One pool for each purpose.
#[derive(Clone)]
pub(super) struct Pools {
    requests: DatabaseConnection,
    workers: DatabaseConnection,
    pub(super) health: DatabaseConnection,
    /// On SQLite: a connection that never waits for a lock.
    pub(super) impatient: Option<DatabaseConnection>,
}

/// What differs between the pools.
struct Purpose {
    connections: u32,
    /// How long a statement, or a transaction between two of them, may take on `PostgreSQL`.
    patience: Duration,
    /// How long SQLite waits for a lock.
    busy_timeout: Duration,
}

impl Pools {
    /// Opens the pool for requests; the others connect when they are first used.
    pub(super) async fn open(
        config: &config::Database,
        request_timeout: Duration,
        writability: &Arc<Writability>,
        metrics: &Metrics,
    ) -> Result<Self, DbErr> {
        let is_sqlite = config.url.expose_secret().starts_with("sqlite:");
        let pool = async |connections, patience, busy_timeout| {
            let purpose = Purpose {
                connections,
                patience,
                busy_timeout,
            };
            let mut pool = Database::connect(options(config, &purpose, writability)).await?;
            let statements = metrics.statements.clone();
            pool.set_metric_callback(move |info| {
                statements.inc();
                observed(info.statement);
            });
            Ok::<_, DbErr>(pool)
        };
        // A statement fails before the request that waits for it is ended, and so leaves no lock behind.
        let in_time = request_timeout.mul_f32(0.95);
        let requests = pool(config.max_connections, in_time, BUSY_TIMEOUT).await?;
        let workers = pool(WORKER_CONNECTIONS, WORKER_STATEMENT, BUSY_TIMEOUT).await?;
        let health = pool(1, in_time, BUSY_TIMEOUT).await?;
        let impatient = if is_sqlite {
            Some(pool(1, in_time, Duration::ZERO).await?)
        } else {
            None
        };
        Ok(Self {
            requests,
            workers,
            health,
            impatient,
        })
    }

    /// The pool for whoever runs: a worker's or a request's.
    pub(super) fn current(&self) -> &DatabaseConnection {
        if IS_WORKER.try_with(|()| ()).is_ok() {
            &self.workers
        } else {
            &self.requests
        }
    }
}

fn options(
    config: &config::Database,
    purpose: &Purpose,
    writability: &Arc<Writability>,
) -> ConnectOptions {
    let mut options = ConnectOptions::new(config.url.expose_secret());
    options
        .max_connections(purpose.connections)
        .connect_timeout(config.timeout)
        .acquire_timeout(config.timeout)
        .sqlx_logging(false)
        .test_before_acquire_if_idle_for(TRUSTED_WHILE_IDLE);
    for_sqlite(&mut options, purpose.busy_timeout);
    for_postgres(&mut options, purpose.patience, writability.clone());
    options
}

fn for_sqlite(options: &mut ConnectOptions, busy_timeout: Duration) {
    use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
    options
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                // An acknowledged change must survive a power cut.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(busy_timeout)
                .foreign_keys(true)
                // A deleted account must not stay readable in free pages.
                .pragma("secure_delete", "ON")
        })
        .map_sqlx_sqlite_pool_opts(|pool| {
            // SQLite rolls back by itself when a COMMIT or a statement fails for want of space or by an I/O
            // error. The driver's ROLLBACK then fails, and its count of open transactions stays wrong: the next
            // BEGIN on the connection would be a SAVEPOINT in a transaction that nobody commits.
            pool.after_release(|connection, _| {
                Box::pin(async move {
                    if connection.is_in_transaction() {
                        // Answered once the queued ROLLBACK has run.
                        connection.ping().await?;
                    }
                    Ok(!connection.is_in_transaction())
                })
            })
        });
}

fn for_postgres(options: &mut ConnectOptions, patience: Duration, writability: Arc<Writability>) {
    let milliseconds = patience.as_millis();
    options
        .map_sqlx_postgres_opts(move |postgres| {
            postgres.options([
                ("statement_timeout", milliseconds),
                ("lock_timeout", milliseconds),
                ("idle_in_transaction_session_timeout", milliseconds),
            ])
        })
        .map_sqlx_postgres_before_acquire(move |_, meta| {
            let is_trusted = writability.trusts(meta.age);
            Box::pin(async move { Ok(is_trusted) })
        });
}
