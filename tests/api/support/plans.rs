//! Reads the plan of every statement that any test makes the service send, on a database of its own, and fails
//! where one reads a table that grows from end to end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, OnceLock, PoisonError};

use gatehouse::app::observe_statements;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

use super::TestDatabase;

/// Tables that do not grow, and why.
const SMALL: [&str; 3] = [
    // One row a rotation, and they expire.
    "signing_keys",
    // One row a release.
    "seaql_migrations",
    // One row.
    "write_probes",
];

/// Indexes that may be read from end to end, and why.
const SHORT: [&str; 5] = [
    // Mails that wait are counted.
    "outbox_waiting_idx",
    "outbox_waiting_lane_idx",
    "outbox_waiting_recipient_idx",
    "outbox_waiting_expires_at_idx",
    // A queue, read from its front; rows leave it when they are answered.
    "mail_requests_requested_at_idx",
];

/// As many rows of each table as make an index worth its while.
const ROWS: u32 = 3000;

/// Statements by their text without the length of lists; `None` once their plan was read.
static SEEN: Mutex<BTreeMap<String, Option<Statement>>> = Mutex::new(BTreeMap::new());

type Work = (Vec<Statement>, Sender<Vec<String>>);

/// Starts keeping the statements of this process.
pub(super) fn keep_statements() {
    observe_statements(|statement| {
        let is_planned = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"]
            .iter()
            .any(|verb| statement.sql.starts_with(verb));
        let is_ours = !["sqlite_master", "pg_", "seaql_migrations"]
            .iter()
            .any(|word| statement.sql.contains(word));
        if is_planned && is_ours {
            let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
            seen.entry(normalized(&statement.sql))
                .or_insert_with(|| Some(statement.clone()));
        }
    });
}

/// Fails where a statement that was sent since the last time scans a table that grows.
pub(super) fn assert_no_scan() {
    let mut fresh = Vec::new();
    for statement in SEEN
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .values_mut()
    {
        fresh.extend(statement.take());
    }
    let found = scans(fresh);
    assert!(found.is_empty(), "add an index:\n{}", found.join("\n"));
}

/// What is wrong with the plans of `statements`.
pub(crate) fn scans(statements: Vec<Statement>) -> Vec<String> {
    static READER: OnceLock<Mutex<Sender<Work>>> = OnceLock::new();
    if statements.is_empty() {
        return Vec::new();
    }
    // A separate thread, because dropping an application blocks its runtime.
    let reader = READER.get_or_init(|| Mutex::new(start_reader()));
    let (answer, answered) = mpsc::channel();
    reader
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .send((statements, answer))
        .unwrap();
    answered.recv().unwrap()
}

fn start_reader() -> Sender<Work> {
    let (sender, work) = mpsc::channel::<Work>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let (_database, db) = runtime.block_on(reference());
        for (statements, answer) in work {
            let mut found = Vec::new();
            for statement in statements {
                found.extend(runtime.block_on(read_plan(&db, statement)));
            }
            answer.send(found).unwrap();
        }
    });
    sender
}

async fn reference() -> (TestDatabase, DatabaseConnection) {
    let database = TestDatabase::create().await;
    let db = database.db_connect().await;
    // SQLite plans without statistics, as it does in operation.
    if db.get_database_backend() == DbBackend::Postgres {
        fill(&db).await;
        for sql in ["ANALYZE", "SET enable_seqscan = off"] {
            db.execute_unprepared(sql).await.unwrap();
        }
    }
    (database, db)
}

/// Fills every table, those that refer to others after these.
async fn fill(db: &DatabaseConnection) {
    let sql = "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns \
               WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'";
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in db.query_all_raw(statement).await.unwrap() {
        let text = |column: &str| row.try_get::<String>("", column).unwrap();
        let value = match text("data_type").as_str() {
            "uuid" => "lpad(to_hex(i), 32, '0')::uuid",
            "text" | "character varying" => "'text ' || i",
            "bytea" => "decode(lpad(to_hex(i), 16, '0'), 'hex')",
            "boolean" => "i % 2 = 0",
            "integer" | "bigint" | "smallint" => "i % 5",
            "double precision" => "i",
            "timestamp with time zone" if text("is_nullable") == "YES" => {
                "CASE WHEN i % 10 = 0 THEN '2027-01-15'::timestamptz + i * interval '1 hour' END"
            }
            "timestamp with time zone" => {
                "'2027-01-15'::timestamptz + (i - 1500) * interval '1 hour'"
            }
            other => panic!("say what to fill a column of type {other} with"),
        };
        let table = text("table_name");
        if SMALL.contains(&table.as_str()) {
            continue;
        }
        let columns = tables.entry(table).or_default();
        columns.push((text("column_name"), value.to_owned()));
    }
    while !tables.is_empty() {
        let before = tables.len();
        let mut left = BTreeMap::new();
        for (table, columns) in tables {
            let (names, values): (Vec<String>, Vec<String>) = columns.iter().cloned().unzip();
            let (names, values) = (names.join(", "), values.join(", "));
            let sql = format!(
                "INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, {ROWS}) AS i"
            );
            if db.execute_unprepared(&sql).await.is_err() {
                left.insert(table, columns);
            }
        }
        assert!(left.len() < before, "cannot fill {:?}", left.keys());
        tables = left;
    }
}

async fn read_plan(db: &DatabaseConnection, statement: Statement) -> Vec<String> {
    let backend = db.get_database_backend();
    let (explain, column) = match backend {
        DbBackend::Postgres => ("EXPLAIN", 0),
        _ => ("EXPLAIN QUERY PLAN", 3),
    };
    let sql = &statement.sql;
    let explained = format!("{explain} {sql}");
    let explained = match statement.values.clone() {
        Some(values) => Statement::from_sql_and_values(backend, explained, values.0),
        None => Statement::from_string(backend, explained),
    };
    let rows = db
        .query_all_raw(explained)
        .await
        .unwrap_or_else(|error| panic!("no plan of {sql}: {error}"));
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.try_get_by_index(column).unwrap())
        .collect();
    let found: BTreeSet<String> = match backend {
        DbBackend::Postgres => postgres_scans(&lines),
        _ => lines.iter().filter_map(|line| sqlite_scan(line)).collect(),
    };
    found
        .into_iter()
        .map(|scan| format!("{scan}\n  {sql}\n  {}", lines.join("\n  ")))
        .collect()
}

/// `SCAN table`, or `SCAN table USING [COVERING] INDEX name`: read from end to end.
fn sqlite_scan(line: &str) -> Option<String> {
    let mut words = line.strip_prefix("SCAN ")?.split(' ');
    let table = words.next()?;
    let index = words.next_back().unwrap_or_default();
    // Rows that stand in the statement itself.
    let is_literal = line.ends_with("VALUES CLAUSE") || table.starts_with(['(', 'C']);
    let is_fine = SMALL.contains(&table) || SHORT.contains(&index) || is_literal;
    (!is_fine).then(|| line.to_owned())
}

/// A node that reads a table, or an index without a condition on it, from end to end.
fn postgres_scans(lines: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let node = line.trim_start_matches([' ', '-', '>']);
        let word_after = |word: &str| {
            let (_, rest) = node.split_once(word)?;
            Some(rest.split([' ', '(']).next().unwrap_or_default())
        };
        let table = word_after(" on ").unwrap_or_default();
        let index = word_after(" using ").unwrap_or(table);
        let properties = lines[at + 1..]
            .iter()
            .take_while(|line| !line.contains("->"));
        let has_condition = properties
            .into_iter()
            .any(|line| line.contains("Index Cond:"));
        let is_scan = node.contains("Seq Scan on ")
            || node.contains("Index Scan") && !has_condition
            || node.contains("Index Only Scan") && !has_condition;
        // A bitmap names the index alone.
        let is_small = SMALL.iter().any(|small| table.starts_with(small));
        if is_scan && !is_small && !SHORT.contains(&index) {
            found.insert(node.to_owned());
        }
    }
    found
}

/// The statement without the numbers of its parameters and the lengths of its lists.
fn normalized(sql: &str) -> String {
    let mut text: String = sql.to_owned();
    if text.contains('$') {
        let parts = text
            .split('$')
            .map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()));
        text = parts.collect::<Vec<_>>().join("?");
    }
    while text.contains("?, ?") {
        text = text.replace("?, ?", "?");
    }
    text
}
