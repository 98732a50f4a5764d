//! Rows past the API, for what would take it too long to write.

use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, TransactionTrait as _, Value};

use super::TestApp;

/// Inserts `rows` into `table`.
pub(crate) async fn insert_rows(
    app: &TestApp,
    table: &'static str,
    columns: &[&'static str],
    rows: impl IntoIterator<Item = Vec<Value>>,
) {
    let db = app.database.db_connect().await;
    let tx = db.begin().await.unwrap();
    let rows: Vec<Vec<Value>> = rows.into_iter().collect();
    for chunk in rows.chunks(500) {
        let mut insert = Query::insert();
        insert
            .into_table(Alias::new(table))
            .columns(columns.iter().map(|column| Alias::new(*column)));
        for row in chunk {
            insert.values_panic(row.iter().cloned().map(Into::into));
        }
        tx.execute(&insert).await.unwrap();
    }
    tx.commit().await.unwrap();
    db.close().await.unwrap();
}

/// The number of rows of `table` for which `condition` holds.
pub(crate) async fn count_rows(app: &TestApp, table: &str, condition: &str) -> i64 {
    let db = app.database.db_connect().await;
    let sql = format!("SELECT count(*) AS rows FROM {table} WHERE {condition}");
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    db.close().await.unwrap();
    row.try_get("", "rows").unwrap()
}

/// The names of the columns of `table`.
pub(crate) async fn columns_of(app: &TestApp, table: &str) -> Vec<String> {
    let db = app.database.db_connect().await;
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => format!(
            "SELECT column_name AS name FROM information_schema.columns WHERE table_name = '{table}'"
        ),
        _ => format!("SELECT name FROM pragma_table_info('{table}')"),
    };
    let statement = Statement::from_string(backend, sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    db.close().await.unwrap();
    let names = rows.iter().map(|row| row.try_get("", "name").unwrap());
    names.collect()
}

/// Lets each deletion from `table` fail for the rows of which `condition` on `old` holds.
pub(crate) async fn poison(app: &TestApp, table: &str, condition: &str) {
    let db = app.database.db_connect().await;
    let statements = match db.get_database_backend() {
        DbBackend::Postgres => vec![
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'poisoned'; END $$"
                .to_owned(),
            format!(
                "CREATE TRIGGER poison BEFORE DELETE ON {table} FOR EACH ROW \
                 WHEN ({condition}) EXECUTE FUNCTION poison()"
            ),
        ],
        _ => vec![format!(
            "CREATE TRIGGER poison BEFORE DELETE ON {table} WHEN {condition} \
             BEGIN SELECT RAISE(ABORT, 'poisoned'); END"
        )],
    };
    for sql in statements {
        db.execute_unprepared(&sql).await.unwrap();
    }
    db.close().await.unwrap();
}

/// Ends what [`poison`] began.
pub(crate) async fn cure(app: &TestApp, table: &str) {
    let db = app.database.db_connect().await;
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => format!("DROP TRIGGER poison ON {table}"),
        _ => "DROP TRIGGER poison".to_owned(),
    };
    db.execute_unprepared(&sql).await.unwrap();
    db.close().await.unwrap();
}
