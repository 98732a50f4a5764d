//! Reads the database as a thief of it would.

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

use super::TestApp;

/// Every row of every table, as text, in lower case.
pub(crate) async fn db_dump(app: &TestApp) -> String {
    let db = app.database.db_connect().await;
    let dump = dump_of(&db).await;
    db.close().await.unwrap();
    dump
}

/// The same through a connection that is open already.
pub(crate) async fn dump_of(db: &DatabaseConnection) -> String {
    let backend = db.get_database_backend();
    let mut dump = Vec::new();
    for table in tables(db).await {
        let sql = match backend {
            DbBackend::Postgres => format!("SELECT t::text AS line FROM {table} t"),
            _ => format!(
                "SELECT {} AS line FROM {table}",
                quoted_columns(db, &table).await
            ),
        };
        for row in db
            .query_all_raw(Statement::from_string(backend, sql))
            .await
            .unwrap()
        {
            dump.push(format!(
                "{table}: {}",
                row.try_get::<String>("", "line").unwrap()
            ));
        }
    }
    dump.join("\n").to_lowercase()
}

async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
        }
        _ => "SELECT name FROM sqlite_master WHERE type = 'table'",
    };
    let rows = db
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect()
}

async fn quoted_columns(db: &DatabaseConnection, table: &str) -> String {
    let sql = format!("SELECT name FROM pragma_table_info('{table}')");
    let rows = db
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, sql))
        .await
        .unwrap();
    let columns = rows
        .iter()
        .map(|row| format!("quote({})", row.try_get::<String>("", "name").unwrap()));
    columns.collect::<Vec<_>>().join(" || ',' || ")
}
