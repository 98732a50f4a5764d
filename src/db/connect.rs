//! Opening the database, with what each of the two needs to be safe and quick.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::{Connection as _, PgConnection};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr};
use secrecy::ExposeSecret;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::observe::observed;
use crate::config;
use crate::metrics::Metrics;
use crate::private_files;

/// How long a connection may lie idle before it is tested again: longer costs nothing under load, shorter
/// notices sooner that the server was restarted.
const TRUSTED_WHILE_IDLE: Duration = Duration::from_secs(1);

/// How soon to try a locked SQLite file again.
const RETRY_LOCKED_AFTER: Duration = Duration::from_millis(50);

/// The database, shared by everything.
#[derive(Clone)]
pub(crate) struct Db {
    pub(super) connection: DatabaseConnection,
    /// SQLite has one writer. Waiting here is fair and holds no connection; waiting in SQLite is neither.
    pub(super) writers: Option<Arc<Semaphore>>,
}

/// Why the database could not be opened, and what to do about it.
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

impl Db {
    /// Connects, without migrating.
    pub(crate) async fn connect(
        config: &config::Database,
        metrics: &Metrics,
    ) -> Result<Self, ConnectError> {
        let url = config.url.expose_secret();
        let is_sqlite = url.starts_with("sqlite:");
        let explained = |cause: String| ConnectError {
            shown_url: config.shown_url.clone(),
            cause,
            advice: if is_sqlite {
                "The folder must exist and be writable; `?mode=rwc` makes the file."
            } else {
                "Check that PostgreSQL runs there, that the name, user and password in DATABASE_URL are \
                 right, and that this machine may reach it."
            },
        };
        if is_sqlite {
            make_folder(url).map_err(|error| explained(error.to_string()))?;
        }
        if !is_sqlite {
            try_postgres(url, config.timeout)
                .await
                .map_err(&explained)?;
        }
        let connected = connect_patiently(config).await;
        let mut connection = connected.map_err(|error| explained(error.to_string()))?;
        let statements = metrics.statements.clone();
        connection.set_metric_callback(move |info| {
            statements.inc();
            observed(info.statement);
        });
        let writers = is_sqlite.then(|| Arc::new(Semaphore::new(1)));
        Ok(Self {
            connection,
            writers,
        })
    }

    /// Runs the migrations that are missing, in one transaction and under a lock.
    pub(crate) async fn migrate(&self) -> Result<(), DbErr> {
        let tx = self.begin_exclusive("migrations").await?;
        Migrator::up(&*tx, None).await?;
        tx.commit().await
    }

    /// For statements that only read.
    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Asks the database for an answer out of our own schema: a server that answers without it is no use.
    pub(crate) async fn ping(&self) -> Result<(), DbErr> {
        self.connection
            .execute_unprepared("SELECT 1 FROM signing_keys LIMIT 1")
            .await
            .map(|_| ())
    }

    /// On SQLite: empties the write-ahead log, where pages as they were before a deletion would stay
    /// readable. Does nothing while somebody reads from it; ask again later.
    pub(crate) async fn empty_log(&self) -> Result<(), DbErr> {
        if self.is_postgres() {
            return Ok(());
        }
        self.connection
            .execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)")
            .await
            .map(|_| ())
    }

    pub(super) fn is_postgres(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Postgres
    }
}

/// Opens the pool. Turning a new SQLite file to WAL needs it for itself, and fails at once, without waiting,
/// when another process is about it.
async fn connect_patiently(config: &config::Database) -> Result<DatabaseConnection, DbErr> {
    let give_up_at = Instant::now() + config.timeout;
    loop {
        match Database::connect(options(config)).await {
            Err(error) if is_locked(&error) && Instant::now() < give_up_at => {
                sleep(RETRY_LOCKED_AFTER).await;
            }
            connected => return connected,
        }
    }
}

fn is_locked(error: &DbErr) -> bool {
    error.to_string().contains("database is locked")
}

fn options(config: &config::Database) -> ConnectOptions {
    let mut options = ConnectOptions::new(config.url.expose_secret());
    options
        .max_connections(config.max_connections)
        .connect_timeout(config.timeout)
        .acquire_timeout(config.timeout)
        .sqlx_logging(false)
        .test_before_acquire_if_idle_for(TRUSTED_WHILE_IDLE)
        .map_sqlx_sqlite_opts(|sqlite| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                // An acknowledged change must survive a power cut.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
                // A deleted account must not stay readable in free pages.
                .pragma("secure_delete", "ON")
        });
    options
}

fn make_folder(url: &str) -> std::io::Result<()> {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let file = Path::new(path.split('?').next().unwrap_or_default());
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => private_files::make_folder(folder),
        _ => Ok(()),
    }
}

/// Connects once without the pool, which tries until its time is up and then says only that it is.
async fn try_postgres(url: &str, patience: Duration) -> Result<(), String> {
    match timeout(patience, PgConnection::connect(url)).await {
        Ok(Ok(connection)) => connection.close().await.map_err(|error| error.to_string()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it does not answer".to_owned()),
    }
}
