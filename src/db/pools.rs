//! The connection pools of the process: separate ones for requests, look-ups, workers and health checks, so that none
//! waits for another.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DatabaseTransaction, DbErr,
    TransactionOptions, TransactionTrait as _,
};
use secrecy::{ExposeSecret, SecretString};

use super::coalescer::STATEMENTS;
use super::observe::observed;
use super::writability::Writability;
use crate::config::{self, PoolMode};
use crate::metrics::Metrics;
use crate::traces::record_statement;

/// How long a connection may be idle before it is tested. A longer time gains nothing under load; a shorter one detects
/// a restarted server sooner.
pub(super) const TRUSTED_WHILE_IDLE: Duration = Duration::from_secs(1);

/// The maximum age of a connection to `PostgreSQL`. A server process grows with its history, and a new connection may
/// reach another server behind the same name.
pub(super) const LIFETIME: Duration = Duration::from_mins(30);

/// The number of worker connections: one for each worker.
const WORKER_CONNECTIONS: u32 = 4;

/// The statement timeout of workers, which write in batches.
const WORKER_STATEMENT: Duration = Duration::from_mins(1);

/// How long SQLite waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

tokio::task_local! {
    static IS_WORKER: ();
}

/// Runs `work` with the connections of the workers.
pub(crate) async fn as_worker<T>(work: impl Future<Output = T>) -> T {
    IS_WORKER.scope((), work).await
}

/// The pools, one for each purpose.
#[derive(Clone)]
pub(super) struct Pools {
    requests: Pool,
    workers: Pool,
    pub(super) lookups: Pool,
    pub(super) health: Pool,
    /// Of the replica, if there is one.
    pub(super) replica: Option<Pool>,
    /// On SQLite: a connection that never waits for a lock.
    pub(super) impatient: Option<DatabaseConnection>,
    pub(super) pool_mode: PoolMode,
}

/// The connections for one purpose.
#[derive(Clone)]
pub(super) struct Pool {
    pub(super) connections: DatabaseConnection,
    /// The timeout of a statement, and of a pause inside a transaction, on `PostgreSQL`.
    patience: Duration,
    pub(super) mode: PoolMode,
}

impl Pool {
    /// Begins a transaction under this pool's timeouts.
    pub(super) async fn begin(
        &self,
        options: TransactionOptions,
    ) -> Result<DatabaseTransaction, DbErr> {
        if self.mode == PoolMode::Session {
            return self.connections.begin_with_options(options).await;
        }
        self.begin_behind_pooler(&options).await
    }

    async fn begin_behind_pooler(
        &self,
        options: &TransactionOptions,
    ) -> Result<DatabaseTransaction, DbErr> {
        let level = options.isolation_level;
        let level = level.map(|level| format!("SET TRANSACTION ISOLATION LEVEL {level}"));
        let mode = options.access_mode;
        let mode = mode.map(|mode| format!("SET TRANSACTION {mode}"));
        let limits = timeouts(self.patience);
        let limits =
            limits.map(|(name, milliseconds)| format!("SET LOCAL {name} = {milliseconds}"));
        let first: Vec<String> = level
            .into_iter()
            .chain(mode)
            .chain(limits)
            // The driver numbers its prepared statements for each of its connections. The server's connection may have
            // those of earlier transactions.
            .chain(["DEALLOCATE ALL".to_owned()])
            .collect();
        let transaction = self.connections.begin().await?;
        transaction.execute_unprepared(&first.join("; ")).await?;
        Ok(transaction)
    }
}

/// The differences between the pools.
struct Purpose<'a> {
    url: &'a SecretString,
    connections: u32,
    /// The timeout of a statement, and of a pause inside a transaction, on `PostgreSQL`.
    patience: Duration,
    /// How long SQLite waits for a lock.
    busy_timeout: Duration,
}

impl Pools {
    /// Opens the pool for requests. The others connect when they are first used.
    pub(super) async fn open(
        config: &config::Database,
        request_timeout: Duration,
        writability: &Arc<Writability>,
        metrics: &Metrics,
    ) -> Result<Self, DbErr> {
        let is_sqlite = config.url.expose_secret().starts_with("sqlite:");
        let to = async |url, connections, patience, busy_timeout| {
            let purpose = Purpose {
                url,
                connections,
                patience,
                busy_timeout,
            };
            let mut pool = Database::connect(options(config, &purpose, writability)).await?;
            let observer = metrics.database.statements();
            pool.set_metric_callback(move |info| {
                observer.observe(info.elapsed, info.failed);
                record_statement(info.elapsed, &info.statement.sql, info.failed);
                observed(|| info.statement);
            });
            Ok::<_, DbErr>(Pool {
                connections: pool,
                patience,
                mode: config.pool_mode,
            })
        };
        let pool = async |connections, patience, busy_timeout| {
            to(&config.url, connections, patience, busy_timeout).await
        };
        let in_time = for_statement(request_timeout);
        let requests = pool(config.max_connections, in_time, BUSY_TIMEOUT).await?;
        let workers = pool(WORKER_CONNECTIONS, WORKER_STATEMENT, BUSY_TIMEOUT).await?;
        // The server ends a statement before the look-up is cut off.
        let for_lookup = for_lookup(request_timeout).mul_f32(0.75);
        let lookups = pool(STATEMENTS, for_lookup, BUSY_TIMEOUT).await?;
        let health = pool(1, in_time, BUSY_TIMEOUT).await?;
        let replica = if let Some(replica) = &config.replica {
            let connections = config.max_connections;
            Some(to(&replica.url, connections, for_lookup, BUSY_TIMEOUT).await?)
        } else {
            None
        };
        let impatient = if is_sqlite {
            Some(pool(1, in_time, Duration::ZERO).await?.connections)
        } else {
            None
        };
        Ok(Self {
            requests,
            workers,
            lookups,
            health,
            replica,
            impatient,
            pool_mode: config.pool_mode,
        })
    }

    /// Returns each pool with its name in metrics.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'static str, &Pool)> {
        let own = [
            ("requests", &self.requests),
            ("workers", &self.workers),
            ("lookups", &self.lookups),
            ("health", &self.health),
        ];
        let replica = self.replica.as_ref().map(|pool| ("replica", pool));
        own.into_iter().chain(replica)
    }

    /// Returns the pool for the current task: a worker's or a request's.
    pub(super) fn current(&self) -> &Pool {
        if IS_WORKER.try_with(|()| ()).is_ok() {
            &self.workers
        } else {
            &self.requests
        }
    }
}

/// Returns the statement timeout for requests. A statement fails before the request that waits for it is ended, and so
/// leaves no lock behind.
pub(super) fn for_statement(request_timeout: Duration) -> Duration {
    request_timeout.mul_f32(0.95)
}

/// Returns the timeout of a look-up, on which every signed-in request waits: one that hangs leaves the requests time to
/// say so.
pub(super) fn for_lookup(request_timeout: Duration) -> Duration {
    request_timeout / 4
}

fn options(
    config: &config::Database,
    purpose: &Purpose<'_>,
    writability: &Arc<Writability>,
) -> ConnectOptions {
    let mut options = ConnectOptions::new(purpose.url.expose_secret());
    options
        // A replica that is away does not prevent the start.
        .connect_lazy(config.url.expose_secret() != purpose.url.expose_secret())
        .max_connections(purpose.connections)
        .connect_timeout(config.timeout)
        .acquire_timeout(config.timeout)
        // The driver's maintenance of a pool may loop forever without yielding, and then keeps a core busy and the
        // process from stopping (https://github.com/launchbadge/sqlx/issues/3645). It runs if one of these is set.
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .sqlx_logging(false)
        .test_before_acquire_if_idle_for(TRUSTED_WHILE_IDLE);
    for_sqlite(&mut options, purpose.busy_timeout);
    let (pool_mode, patience) = (config.pool_mode, purpose.patience);
    let writability = writability.clone();
    options
        .map_sqlx_postgres_opts(move |postgres| for_postgres(postgres, pool_mode, patience))
        .map_sqlx_postgres_before_acquire(move |_, meta| {
            let is_kept = meta.age < LIFETIME && writability.trusts(meta.age);
            Box::pin(async move { Ok(is_kept) })
        });
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
                        // Completes after the queued ROLLBACK has run.
                        connection.ping().await?;
                    }
                    Ok(!connection.is_in_transaction())
                })
            })
        });
}

/// Adds the initial statements of a session. A pooler in transaction mode rejects start-up parameters, and sends the
/// parts of a named prepared statement to different connections.
pub(super) fn for_postgres(
    options: PgConnectOptions,
    pool_mode: PoolMode,
    patience: Duration,
) -> PgConnectOptions {
    match pool_mode {
        PoolMode::Session => options.options(timeouts(patience)),
        PoolMode::Transaction => options.extra_float_digits(None).statement_cache_capacity(0),
    }
}

/// Returns the timeouts of `PostgreSQL` that end a statement after `patience`, in milliseconds.
fn timeouts(patience: Duration) -> [(&'static str, u128); 3] {
    let milliseconds = patience.as_millis();
    [
        ("statement_timeout", milliseconds),
        ("lock_timeout", milliseconds),
        ("idle_in_transaction_session_timeout", milliseconds),
    ]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tempfile::TempDir;

    use super::Pools;
    use crate::config;
    use crate::metrics::Metrics;

    #[tokio::test]
    async fn no_pool_runs_the_drivers_maintenance() {
        let folder = TempDir::new().unwrap();
        let config = config::Database::sqlite_in(folder.path());
        let patience = Duration::from_secs(1);
        let (writability, metrics) = (Arc::default(), Metrics::new());
        let pools = Pools::open(&config, patience, &writability, &metrics).await;
        let pools = pools.unwrap();
        let impatient = pools.impatient.unwrap();
        for pool in [
            &pools.requests.connections,
            &pools.workers.connections,
            &pools.lookups.connections,
            &pools.health.connections,
            &impatient,
        ] {
            let options = pool.get_sqlite_connection_pool().options().clone();
            assert_eq!(options.get_idle_timeout(), None);
            assert_eq!(options.get_max_lifetime(), None);
        }
    }
}
