//! Opens the database.

use std::sync::Arc;
use std::time::{Duration, Instant};

use prometheus_client::metrics::histogram::Histogram;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{self, Connection as _, PgConnection, Row as _};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use secrecy::ExposeSecret;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::availability::Availability;
use super::coalescer::{Coalescer, SLOW};
use super::lagging_reads::LaggingReads;
use super::pools::{Pools, for_lookup, for_postgres, for_statement};
use super::reads::Reads;
use super::replica::Replica;
use super::signed_in_lookup::SignedInLookup;
use super::sole_process::sqlite_file;
use super::writability::Writability;
use crate::config::{self, PoolMode};
use crate::errors::reason;
use crate::metrics::Metrics;
use crate::private_files;

/// The pause before a locked SQLite file is tried again.
const RETRY_LOCKED_AFTER: Duration = Duration::from_millis(50);

/// How many times to try truncating the write-ahead log in one turn, and the pause in between. Readers finish in a
/// moment, a backup does not.
const LOG_TRIES: u32 = 5;
const LOG_PAUSE: Duration = Duration::from_millis(20);

/// The database, shared by the whole process.
#[derive(Clone)]
pub(crate) struct Db {
    pub(super) pools: Pools,
    reads: Reads,
    lagging: LaggingReads,
    pub(super) signed_in: Arc<Coalescer<SignedInLookup>>,
    pub(super) availability: Arc<Availability>,
    pub(super) writability: Arc<Writability>,
    /// The time until a transaction began.
    pub(super) begin_seconds: Histogram,
    /// SQLite has one writer. Waiting here is fair and holds no connection. Waiting in SQLite is neither.
    pub(super) writers: Option<Arc<Semaphore>>,
}

/// The error of a database that could not be opened, with advice.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot open the database {shown_url}: {cause}
  {advice}"
)]
pub(crate) struct ConnectError {
    shown_url: String,
    cause: String,
    advice: &'static str,
}

impl ConnectError {
    pub(super) fn new(config: &config::Database, cause: String) -> Self {
        let is_sqlite = config.url.expose_secret().starts_with("sqlite:");
        Self {
            shown_url: config.shown_url.clone(),
            advice: if cause.contains("is damaged") {
                "Restore a backup, or set DATABASE_URL to another file."
            } else if is_sqlite && cause.ends_with(IN_USE) {
                "SQLite supports one instance. Stop the other one, or use PostgreSQL."
            } else if cause.starts_with(ITS_ENCODING) {
                "Gatehouse needs UTF8: CREATE DATABASE gatehouse ENCODING 'UTF8' TEMPLATE template0."
            } else if cause.starts_with(REFUSED_BY_POOLER) || cause == DROPPED_BY_POOLER {
                "A connection pooler is in front of PostgreSQL: set GATEHOUSE_DATABASE_POOL_MODE to transaction."
            } else if is_sqlite {
                "The folder must exist and be writable; `?mode=rwc` creates the file."
            } else {
                "Check that PostgreSQL runs there, that the name, user and password in DATABASE_URL are correct, and that this machine can reach it."
            },
            cause,
        }
    }
}

impl Db {
    /// Connects without migrating. On `PostgreSQL` a statement of a request fails shortly before `request_timeout`.
    pub(crate) async fn connect(
        config: &config::Database,
        request_timeout: Duration,
        metrics: &Metrics,
    ) -> Result<Self, ConnectError> {
        let url = config.url.expose_secret();
        let is_sqlite = url.starts_with("sqlite:");
        let explained = |cause| ConnectError::new(config, cause);
        if is_sqlite {
            make_file(url).map_err(|error| explained(error.to_string()))?;
        }
        if !is_sqlite {
            try_postgres(config, for_statement(request_timeout))
                .await
                .map_err(&explained)?;
        }
        if let Some(replica) = &config.replica {
            let parsed = replica.url.expose_secret().parse::<PgConnectOptions>();
            parsed.map_err(|error| ConnectError {
                shown_url: replica.shown_url.clone(),
                cause: error.to_string(),
                advice: "Check DATABASE_READ_URL.",
            })?;
        }
        let writability = Arc::new(Writability::default());
        let open = || Pools::open(config, request_timeout, &writability, metrics);
        let pools = open_patiently(open, config.timeout)
            .await
            .map_err(|error| explained(reason(&error)))?;
        let availability = Arc::new(Availability::new(config.timeout, writability.clone()));
        let reads = Reads::new(pools.clone(), availability.clone());
        let replica = pools.replica.as_ref();
        let replica = replica.map(|pool| Replica::new(&pools, pool, reads.clone()));
        let lagging = LaggingReads {
            database: reads.clone(),
            replica: replica.map(Arc::new),
        };
        let lookup = SignedInLookup {
            pools: pools.clone(),
            availability: availability.clone(),
            writability: writability.clone(),
            reads: reads.for_lookups(),
            patience: for_lookup(request_timeout) / 2,
            observer: metrics.database.statements(),
            texts: Default::default(),
        };
        let signed_in = Coalescer::new(lookup, SLOW, for_lookup(request_timeout));
        Ok(Self {
            pools,
            signed_in: Arc::new(signed_in),
            reads,
            lagging,
            availability,
            writability,
            begin_seconds: metrics.database.begin_seconds.clone(),
            writers: is_sqlite.then(|| Arc::new(Semaphore::new(1))),
        })
    }

    /// Returns the connections for read-only statements.
    pub(crate) fn read(&self) -> &Reads {
        &self.reads
    }

    /// Returns the connections for reads whose result may lag behind the changes of a moment: what is listed or counted for
    /// information. Never for what decides about access, or is changed next.
    pub(crate) fn read_lagging(&self) -> &LaggingReads {
        &self.lagging
    }

    /// Truncates the write-ahead log of SQLite, in which pages from before a deletion would stay readable. Does nothing
    /// while a reader uses it; call again later.
    pub(crate) async fn truncate_wal(&self) -> Result<(), DbErr> {
        let (Some(connection), Some(writers)) = (&self.pools.impatient, &self.writers) else {
            return Ok(());
        };
        for _ in 0..LOG_TRIES {
            // No writer of this process interferes, and none waits longer than the statement takes: the connection has
            // no busy timeout, during which it would hold SQLite's write lock.
            let turn = writers.acquire().await;
            let statement = "PRAGMA wal_checkpoint(TRUNCATE)".to_owned();
            let statement = sea_orm::Statement::from_string(DbBackend::Sqlite, statement);
            let row = connection.query_one_raw(statement).await?;
            drop(turn);
            let is_busy = row.map(|row| row.try_get_by_index::<i32>(0)).transpose()?;
            if is_busy != Some(1) {
                break;
            }
            sleep(LOG_PAUSE).await;
        }
        Ok(())
    }

    pub(super) fn is_postgres(&self) -> bool {
        self.pools.health.connections.get_database_backend() == DbBackend::Postgres
    }
}

/// Opens the pools. Switching a new SQLite file to WAL requires exclusive access. It fails at once, without waiting, if
/// another process does the same.
async fn open_patiently<F>(open: impl Fn() -> F, patience: Duration) -> Result<Pools, DbErr>
where
    F: Future<Output = Result<Pools, DbErr>>,
{
    let give_up_at = Instant::now() + patience;
    loop {
        match open().await {
            Err(error) if is_locked(&error) && Instant::now() < give_up_at => {
                sleep(RETRY_LOCKED_AFTER).await;
            }
            opened => return opened,
        }
    }
}

fn is_locked(error: &DbErr) -> bool {
    error.to_string().contains("database is locked")
}

/// Creates the folder and, if the URL requests it, the file, which SQLite would make readable by everyone. Its log and
/// index get the permissions of the file.
fn make_file(url: &str) -> std::io::Result<()> {
    let Some(file) = sqlite_file(url) else {
        return Ok(());
    };
    if let Some(folder) = file.parent().filter(|it| !it.as_os_str().is_empty()) {
        private_files::make_folder(folder)?;
    }
    if url.contains("mode=rwc") && !file.exists() {
        private_files::open_file(file)?;
    }
    Ok(())
}

/// Connects once without the pool, which would retry until its timeout and then report only the timeout. `patience` is
/// that of a statement.
async fn try_postgres(config: &config::Database, patience: Duration) -> Result<(), String> {
    let asked = async {
        let options: PgConnectOptions = config.url.expose_secret().parse()?;
        let options = for_postgres(options, config.pool_mode, patience);
        let mut connection = PgConnection::connect_with(&options).await?;
        let row = sqlx::raw_sql(
            "SELECT current_setting('server_encoding'), \
             (SELECT setting FROM pg_settings WHERE name = 'statement_timeout')",
        );
        let row = row.fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok((row.try_get::<String, _>(0)?, row.try_get::<String, _>(1)?))
    };
    match timeout(config.timeout, asked).await {
        // Other encodings cannot store every name, or do not validate what they store.
        Ok(Ok((encoding, _))) if encoding != "UTF8" => Err(format!("{ITS_ENCODING} {encoding}")),
        Ok(Ok((_, timeout)))
            if config.pool_mode == PoolMode::Session
                && timeout != patience.as_millis().to_string() =>
        {
            Err(DROPPED_BY_POOLER.to_owned())
        }
        Ok(Ok(_)) => Ok(()),
        // The driver's text includes the line of the server's source code.
        Ok(Err(sqlx::Error::Database(error))) => Err(error.message().to_owned()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it does not answer".to_owned()),
    }
}

/// The end of the cause if another process has the SQLite file.
pub(super) const IN_USE: &str = "uses it";
const ITS_ENCODING: &str = "its encoding is";
/// The beginning of `PgBouncer`'s error.
const REFUSED_BY_POOLER: &str = "unsupported startup parameter";
const DROPPED_BY_POOLER: &str = "start-up parameters do not reach the server";
