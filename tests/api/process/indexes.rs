//! Indexes that an upgrade adds to tables that are in use.

use std::collections::BTreeSet;

use migration::{INDEXES, Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use serde_json::json;
use tempfile::TempDir;

use super::launch::{Bounded as _, Launched, gatehouse, printed};
use crate::support::{PASSWORD, TestDatabase};

async fn valid_indexes(db: &DatabaseConnection) -> BTreeSet<String> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT relname AS name FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indisvalid"
        }
        _ => "SELECT name FROM sqlite_master WHERE type = 'index'",
    };
    let rows = db.query_all_raw(Statement::from_string(backend, sql)).await;
    let name = |row: &sea_orm::QueryResult| row.try_get("", "name").unwrap();
    rows.unwrap().iter().map(name).collect()
}

async fn missing(db: &DatabaseConnection) -> Vec<&'static str> {
    let valid = valid_indexes(db).await;
    let names = INDEXES.iter().map(|index| index.name);
    names.filter(|name| !valid.contains(*name)).collect()
}

/// A database of before the indexes, and a connection to it.
async fn old_database() -> (TestDatabase, DatabaseConnection) {
    let database = TestDatabase::create_empty().await;
    let db = database.db_connect().await;
    Migrator::up(&db, None).await.unwrap();
    assert_eq!(missing(&db).await.len(), INDEXES.len());
    (database, db)
}

/// What a build leaves that is killed: an invalid index of the name.
async fn leave_invalid(db: &DatabaseConnection, name: &str) {
    db.execute_unprepared(
        "INSERT INTO username_reservations VALUES ('ann', '2020-01-01Z'), ('bob', '2020-01-01Z')",
    )
    .await
    .unwrap();
    let sql = format!(
        "CREATE UNIQUE INDEX CONCURRENTLY {name} ON username_reservations (reserved_until)"
    );
    db.execute_unprepared(&sql).await.unwrap_err();
}

#[tokio::test]
async fn two_upgrades_at_once_build_every_missing_index() {
    let (database, db) = old_database().await;
    if db.get_database_backend() == DbBackend::Postgres {
        leave_invalid(&db, "outbox_waiting_idx").await;
    }
    let folder = TempDir::new().unwrap();
    let variables = [("DATABASE_URL", database.url.as_str())];
    let migrate = || printed(gatehouse(folder.path(), &variables).arg("migrate"));

    std::thread::scope(|both| {
        both.spawn(migrate);
        both.spawn(migrate);
    });

    assert_eq!(missing(&db).await, Vec::<&str>::new());
    printed(gatehouse(folder.path(), &variables).arg("migrate"));
}

#[tokio::test]
async fn server_answers_while_an_index_is_built() {
    let (database, db) = old_database().await;
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    if is_postgres {
        // A build waits for transactions that have written to the table.
        for sql in ["BEGIN", "LOCK TABLE users IN ROW EXCLUSIVE MODE"] {
            db.execute_unprepared(sql).await.unwrap();
        }
    }
    let folder = TempDir::new().unwrap();
    let variables = [("DATABASE_URL", database.url.as_str())];

    let mut server = Launched::start(folder.path(), &variables);

    if is_postgres {
        server.wait_for("index build started");
    }
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    server.anonymous().register(input).await.ok();
    if is_postgres {
        assert_eq!(missing(&db).await.len(), INDEXES.len());
        db.execute_unprepared("COMMIT").await.unwrap();
        let last = INDEXES.last().unwrap().name;
        server.wait_for(&format!("index built index=\"{last}\""));
    }
    assert_eq!(missing(&db).await, Vec::<&str>::new());
}

#[tokio::test]
async fn an_index_of_a_partitioned_table_is_left_to_the_operator() {
    let (database, db) = old_database().await;
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    if is_postgres {
        let partition = "ALTER TABLE security_events RENAME TO former; \
             CREATE TABLE security_events (LIKE former) PARTITION BY RANGE (occurred_at)";
        db.execute_unprepared(partition).await.unwrap();
    }
    let folder = TempDir::new().unwrap();
    let variables = [("DATABASE_URL", database.url.as_str())];
    let migrated = gatehouse(folder.path(), &variables)
        .arg("migrate")
        .output_in_time();
    let migrated = migrated.unwrap();
    let log = String::from_utf8(migrated.stderr).unwrap();
    assert!(migrated.status.success(), "{log}");
    assert_eq!(
        log.contains("index not built: table is partitioned"),
        is_postgres,
        "{log}"
    );
    let left = missing(&db).await;
    let others = left
        .iter()
        .filter(|name| !name.starts_with("security_events_"));
    assert_eq!(others.count(), 0, "{left:?}");
    assert_eq!(left.is_empty(), !is_postgres, "{left:?}");
}
