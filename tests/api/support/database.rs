//! A fresh, migrated database for each test, made from a template that is migrated once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use migration::{INDEXES, Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;
use tokio::sync::{Mutex, OnceCell};

/// A database that goes away with the value.
pub(crate) struct TestDatabase {
    pub(crate) url: String,
    kept: Kept,
}

enum Kept {
    Sqlite(#[expect(dead_code, reason = "removes the folder when dropped")] TempDir),
    Postgres { server: String, name: String },
}

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
/// PostgreSQL copies a template for one at a time.
static COPYING: Mutex<()> = Mutex::const_new(());

#[expect(
    clippy::disallowed_methods,
    reason = "tests have no settings of their own"
)]
pub(crate) fn server_url() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok()
}

/// The address of a database of the test server by way of the pooler that `TEST_POOLER` names, if it names one.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no settings of their own"
)]
pub(crate) fn through_pooler(url: &str) -> Option<String> {
    let pooler = std::env::var("TEST_POOLER").ok()?;
    let is_of_server = authority(url) == authority(&server_url()?);
    is_of_server.then(|| through(url, &pooler))?
}

fn authority(url: &str) -> Option<&str> {
    url.strip_prefix("postgres://")?.split('/').next()
}

/// The address of a PostgreSQL database at `host_and_port` instead of its own.
pub(crate) fn through(url: &str, host_and_port: &str) -> Option<String> {
    let (before, rest) = url.strip_prefix("postgres://")?.split_once('@')?;
    let (_, name) = rest.split_once('/')?;
    Some(format!("postgres://{before}@{host_and_port}/{name}"))
}

impl TestDatabase {
    pub(crate) async fn create() -> Self {
        match server_url() {
            None => Self::create_sqlite().await,
            Some(server) => Self::create_postgres(server).await,
        }
    }

    /// An empty database without any table.
    pub(crate) async fn create_empty() -> Self {
        match server_url() {
            None => {
                let folder = TempDir::new().unwrap();
                let url = format!(
                    "sqlite://{}?mode=rwc",
                    folder.path().join("test.db").display()
                );
                Self {
                    url,
                    kept: Kept::Sqlite(folder),
                }
            }
            Some(server) => {
                let name = fresh_name();
                let admin = connect(&server).await;
                admin
                    .execute_unprepared(&format!("CREATE DATABASE {name}"))
                    .await
                    .unwrap();
                Self {
                    url: with_name(&server, &name),
                    kept: Kept::Postgres { server, name },
                }
            }
        }
    }

    async fn create_sqlite() -> Self {
        let template = TEMPLATE.get_or_init(sqlite_template).await;
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("test.db");
        std::fs::copy(template, &path).unwrap();
        let url = format!("sqlite://{}?mode=rwc", path.display());
        Self {
            url,
            kept: Kept::Sqlite(folder),
        }
    }

    async fn create_postgres(server: String) -> Self {
        let template = TEMPLATE.get_or_init(|| postgres_template(&server)).await;
        let name = fresh_name();
        let _turn = COPYING.lock().await;
        let admin = connect(&server).await;
        let sql = format!("CREATE DATABASE {name} TEMPLATE {template}");
        // A copy by another test process holds the template for a moment.
        for _ in 0..50 {
            if admin.execute_unprepared(&sql).await.is_ok() {
                return Self {
                    url: with_name(&server, &name),
                    kept: Kept::Postgres { server, name },
                };
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!(
            "cannot copy {template}: {:?}",
            admin.execute_unprepared(&sql).await
        );
    }

    /// A connection past the API.
    pub(crate) async fn db_connect(&self) -> DatabaseConnection {
        connect(&self.url).await
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Kept::Postgres { server, name } = &self.kept else {
            return;
        };
        let (server, sql) = (
            server.clone(),
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        );
        // Not waited for: the runtime that this blocks may be in the middle of a handshake with the very
        // server, which then cannot drop anything. What the end of the process cuts off is swept later.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async { drop(connect(&server).await.execute_unprepared(&sql).await) });
        });
    }
}

/// A connection to any database.
pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(url);
    options
        .max_connections(1)
        // See `src/db/pools.rs`: the maintenance that these start may loop for ever.
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .sqlx_logging(false)
        .connect_timeout(Duration::from_secs(5));
    Database::connect(options).await.unwrap_or_else(|error| {
        panic!(
            "cannot reach the test database: {error}\n\
             TEST_DATABASE_URL must name a running PostgreSQL whose user may create databases; \
             `.ci/postgres start DIR` starts one and prints its address. \
             Unset it to test on SQLite."
        )
    })
}

/// The newest schema, its indexes included.
async fn migrate(db: &DatabaseConnection) {
    Migrator::up(db, None).await.unwrap();
    for index in INDEXES {
        db.execute_unprepared(&index.create()).await.unwrap();
    }
}

async fn sqlite_template() -> String {
    // Lives as long as the process.
    let path = TempDir::new().unwrap().keep().join("template.db");
    let db = connect(&format!("sqlite://{}?mode=rwc", path.display())).await;
    migrate(&db).await;
    db.close().await.unwrap();
    path.display().to_string()
}

async fn postgres_template(server: &str) -> String {
    let name = format!("gatehouse_template_{:x}", hash_of_migrations());
    let admin = connect(server).await;
    sweep(&admin).await;
    admin
        .execute_unprepared("SELECT pg_advisory_lock(7215)")
        .await
        .unwrap();
    let sql = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    let exists = admin
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .unwrap();
    if exists.is_none() {
        let building = format!("{name}_building");
        for sql in [
            format!("DROP DATABASE IF EXISTS {building}"),
            format!("CREATE DATABASE {building}"),
        ] {
            admin.execute_unprepared(&sql).await.unwrap();
        }
        let db = connect(&with_name(server, &building)).await;
        migrate(&db).await;
        db.close().await.unwrap();
        let rename = format!("ALTER DATABASE {building} RENAME TO {name}");
        admin.execute_unprepared(&rename).await.unwrap();
    }
    admin
        .execute_unprepared("SELECT pg_advisory_unlock(7215)")
        .await
        .unwrap();
    name
}

/// Drops what test processes that were killed have left.
async fn sweep(admin: &DatabaseConnection) {
    let sql = "SELECT datname FROM pg_database WHERE datname LIKE 'gatehouse_test_%'";
    let rows = admin
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .unwrap();
    for row in rows {
        let name: String = row.try_get("", "datname").unwrap();
        let made_at = name
            .split('_')
            .nth(2)
            .and_then(|text| text.parse().ok())
            .unwrap_or(0);
        if seconds() > made_at + 1800 {
            let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            admin.execute_unprepared(&sql).await.unwrap();
        }
    }
}

fn with_name(server: &str, name: &str) -> String {
    let mut url = url::Url::parse(server).unwrap();
    url.set_path(name);
    url.into()
}

fn fresh_name() -> String {
    let mut random = [0; 8];
    aws_lc_rs::rand::fill(&mut random).unwrap();
    format!(
        "gatehouse_test_{}_{:x}",
        seconds(),
        u64::from_be_bytes(random)
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "the age of a leftover is real time"
)]
fn seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

fn hash_of_migrations() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migration/src");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        std::fs::read(file).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}
