//! What the database keeps, and what of it can be read.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};

use crate::support::{PASSWORD, TestApp};

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get::<String>("", "text").unwrap())
        .collect()
}

/// Every row of every table as text, bytes in lower-case hexadecimal.
async fn dump(app: &TestApp) -> String {
    let db = app.database.db_connect().await;
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    let tables = if is_postgres {
        "SELECT tablename::text AS text FROM pg_tables WHERE schemaname = 'public'"
    } else {
        "SELECT name AS text FROM sqlite_master WHERE type = 'table'"
    };
    let mut dump = String::new();
    for table in texts(&db, tables).await {
        let rows = if is_postgres {
            format!("SELECT CAST(t AS text) AS text FROM {table} t")
        } else {
            let columns = format!("SELECT name AS text FROM pragma_table_info('{table}')");
            let columns = texts(&db, &columns).await;
            let quoted: Vec<String> = columns.iter().map(|it| format!("quote({it})")).collect();
            format!("SELECT {} AS text FROM {table}", quoted.join(" || ' ' || "))
        };
        for row in texts(&db, &rows).await {
            writeln!(dump, "{table} {row}").unwrap();
        }
    }
    dump.to_lowercase()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

#[tokio::test]
async fn nothing_that_opens_a_door_lies_in_the_database() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let first = app.last_mail_to(&ann.email).await;
    app.anonymous()
        .request_password_reset(&ann.email)
        .await
        .ok();
    let reset = app.mail(&ann.email, "Choose a new password").await;
    let bob = app.signed_up("bob").await;
    let reply = bob.delete_account(PASSWORD, &bob.email).await;
    let receipt = reply.text("/data/deleteAccount/deletion/receipt");
    let notice = app.mail(&bob.email, "Your account will be deleted");
    let cancel = notice.await.token("cancel-deletion");

    let dump = dump(&app).await;

    assert!(dump.contains(&ann.user_id) || dump.contains(&ann.user_id.replace('-', "")));
    assert!(dump.contains("ann@example.org") && dump.contains("$2b$"));
    let secret = |text: &str| {
        let held = [text.to_lowercase(), hexadecimal(text.as_bytes())];
        assert!(!held.iter().any(|held| dump.contains(held)), "{text}");
    };
    for text in [
        PASSWORD,
        &receipt,
        &cancel,
        &ann.access_token,
        &ann.refresh_token,
    ] {
        secret(text);
    }
    for (mail, page) in [
        (&first, "verify-email"),
        (&first, "secure-account"),
        (&reset, "reset-password"),
    ] {
        secret(&mail.token(page));
    }
    // The value of a refresh token follows its session (16 bytes) and generation (4).
    let token = BASE64_URL_SAFE_NO_PAD.decode(&ann.refresh_token).unwrap();
    let (session, value) = (hexadecimal(&token[..16]), hexadecimal(&token[20..]));
    assert!(dump.replace('-', "").contains(&session), "{session}");
    assert_eq!(value.len(), 64);
    assert!(!dump.contains(&value));
}

const INTROSPECTION: &str = "{ __schema { types { name kind fields {
  name args { type { kind } } type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
} } } }";

/// All fields of a type that need no argument, down to `depth`.
fn selection(types: &[Value], name: &Value, depth: usize) -> String {
    let of_type = types.iter().find(|it| it["name"] == *name).unwrap();
    let mut text = "{ __typename ".to_owned();
    for field in of_type["fields"].as_array().into_iter().flatten() {
        let arguments = field["args"].as_array().unwrap();
        if arguments.iter().any(|it| it["type"]["kind"] == "NON_NULL") {
            continue;
        }
        let mut below = &field["type"];
        while below["name"].is_null() {
            below = &below["ofType"];
        }
        let name = field["name"].as_str().unwrap();
        match below["kind"].as_str().unwrap() {
            "OBJECT" if depth == 0 => {}
            "OBJECT" => {
                let below = selection(types, &below["name"], depth - 1);
                write!(text, "{name} {below} ").unwrap();
            }
            _ => write!(text, "{name} ").unwrap(),
        }
    }
    text + "}"
}

#[tokio::test]
async fn no_field_that_a_user_can_read_holds_what_the_database_keeps_secret() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.mails().await;
    let reply = app.anonymous().graphql(INTROSPECTION, json!({})).await;
    let types = reply.at("/data/__schema/types").as_array().unwrap();
    let document = selection(types, &json!("Query"), 5);

    let reply = ann.graphql(&document, json!({})).await;

    assert_eq!(reply.at("/errors"), &Value::Null, "{:#}", reply.body);
    let answer = reply.body.to_string().to_lowercase();
    assert!(answer.contains("ann@example.org"), "{answer}");
    let db = app.database.db_connect().await;
    let hex = if db.get_database_backend() == DbBackend::Postgres {
        "encode({}, 'hex')"
    } else {
        "lower(hex({}))"
    };
    let mut secrets = texts(&db, "SELECT hash AS text FROM passwords").await;
    for (table, column) in [
        ("sessions", "refresh_token_hash"),
        ("one_time_tokens", "token_hash"),
    ] {
        let column = hex.replace("{}", column);
        secrets.extend(texts(&db, &format!("SELECT {column} AS text FROM {table}")).await);
    }
    assert!(secrets.len() > 2);
    for secret in secrets {
        assert!(!answer.contains(&secret.to_lowercase()), "{secret}");
    }
}
