//! A database that refuses to store: whatever statement fails, and at whatever moment, an answer is either
//! acknowledged and stored whole, or an error and nothing is changed, and the next request succeeds.

use std::collections::BTreeSet;

use reqwest::StatusCode;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use serde_json::json;

use crate::support::{PASSWORD, Reply, SignedUp, TestApp, dump_of};

/// What the operations write.
const WRITES: [(&str, &str); 14] = [
    ("users", "INSERT"),
    ("users", "UPDATE"),
    ("sessions", "INSERT"),
    ("sessions", "UPDATE"),
    ("security_events", "INSERT"),
    ("outbox", "INSERT"),
    ("one_time_tokens", "INSERT"),
    ("one_time_tokens", "UPDATE"),
    ("one_time_tokens", "DELETE"),
    ("login_failures", "INSERT"),
    ("login_failures", "UPDATE"),
    ("login_failures", "DELETE"),
    ("account_deletions", "INSERT"),
    ("mail_requests", "INSERT"),
];

const NEW_PASSWORD: &str = "seven teapots hum at dawn";

/// Makes each `event` on `table` fail: on SQLite by a rollback of the whole transaction, as a full disk does; on
/// `PostgreSQL` with the code of a full disk, at once or not before the COMMIT.
async fn break_writes(db: &DatabaseConnection, table: &str, event: &str, at_commit: bool) {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            let (kind, deferred) = if at_commit {
                ("CONSTRAINT TRIGGER", "DEFERRABLE INITIALLY DEFERRED")
            } else {
                ("TRIGGER", "")
            };
            format!(
                "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$;
                 CREATE {kind} broken AFTER {event} ON {table} {deferred}
                 FOR EACH ROW EXECUTE FUNCTION refuse()"
            )
        }
        _ => format!(
            "CREATE TRIGGER broken AFTER {event} ON {table} \
             BEGIN SELECT RAISE(ROLLBACK, 'no space'); END"
        ),
    };
    db.execute_unprepared(&sql).await.unwrap();
}

async fn repair(db: &DatabaseConnection, table: &str) {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => format!("DROP TRIGGER broken ON {table}"),
        _ => "DROP TRIGGER broken".to_owned(),
    };
    db.execute_unprepared(&sql).await.unwrap();
}

/// Every operation that writes, by its number; `None` after the last.
async fn operate(app: &TestApp, user: &SignedUp, number: u32, suffix: &str) -> Option<Reply> {
    let anonymous = app.anonymous();
    Some(match number {
        0 => {
            let email = format!("new{suffix}@example.org");
            let input = json!({ "email": email, "password": PASSWORD });
            anonymous.register(input).await
        }
        1 | 2 => anonymous.login(&user.email, "not it").await,
        3 => anonymous.login(&user.email, PASSWORD).await,
        4 => anonymous.request_password_reset(&user.email).await,
        5 => user.update_profile(json!({ "name": suffix })).await,
        6 => user.refresh_session(&user.refresh_token).await,
        7 => user.revoke_other_sessions().await,
        8 => user.change_password(PASSWORD, NEW_PASSWORD).await,
        9 => user.delete_account(PASSWORD, &user.email).await,
        10 => user.logout().await,
        _ => return None,
    })
}

/// The tables in which the two dumps differ. That the current password was right is an outcome of its own: it clears
/// the failures before, whatever becomes of the change.
fn changed_tables(before: &str, after: &str, number: u32) -> BTreeSet<String> {
    let lines = |dump: &str| dump.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (before, after) = (lines(before), lines(after));
    before
        .symmetric_difference(&after)
        .map(|line| line.split(':').next().unwrap().to_owned())
        .filter(|table| table != "login_failures" || number < 8)
        .collect()
}

async fn break_in_turn(at_commit: bool) {
    let app = TestApp::start().await;
    let db = app.database.db_connect().await;
    let mut failed = 0;
    for (table, event) in WRITES {
        let suffix = format!("{table}{event}").to_lowercase().replace('_', "");
        let user = app.signed_up(&suffix).await;
        for number in 0.. {
            break_writes(&db, table, event, at_commit).await;
            let before = dump_of(&db).await;
            let reply = operate(&app, &user, number, &suffix).await;
            let after = dump_of(&db).await;
            repair(&db, table).await;
            let Some(reply) = reply else { break };
            if reply.at("/errors").is_null() {
                continue;
            }
            // The session is gone where one of the operations before ended it.
            if reply.at("/errors/0/extensions/code") != &json!("UNAUTHENTICATED") {
                reply.assert_error("INTERNAL");
                failed += 1;
            }
            let changed = changed_tables(&before, &after, number);
            assert!(
                changed.is_empty(),
                "operation {number} failed at {event} on {table} and changed {changed:?}"
            );
        }
        // What was acknowledged is there, and the connections work.
        let name = format!("after{suffix}");
        app.signed_up(&name).await;
        app.anonymous().login(&name, PASSWORD).await.ok();
    }
    assert!(failed > 15, "only {failed} operations met the fault");
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_statement_that_fails_changes_nothing_and_leaves_a_connection_that_works() {
    break_in_turn(false).await;
}

#[tokio::test]
async fn a_commit_that_fails_changes_nothing_and_leaves_a_connection_that_works() {
    break_in_turn(true).await;
}

async fn readiness(app: &TestApp) -> StatusCode {
    let ready = reqwest::get(app.admin_url("/health/ready")).await.unwrap();
    ready.status()
}

#[tokio::test]
async fn a_database_that_stores_nothing_is_not_ready_until_it_does() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    assert_eq!(readiness(&app).await, StatusCode::OK);
    let db = app.database.db_connect().await;
    let refuse = match db.get_database_backend() {
        // As after a failover to a standby: sessions that exist keep their mode.
        DbBackend::Postgres => {
            "DO $$ BEGIN
               EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database());
               PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid();
             END $$"
        }
        _ => {
            "CREATE TRIGGER no_sessions BEFORE INSERT ON sessions \
             BEGIN SELECT RAISE(ROLLBACK, 'no space'); END; \
             ALTER TABLE write_probes RENAME TO probes_away"
        }
    };
    db.execute_unprepared(refuse).await.unwrap();

    for _ in 0..3 {
        let reply = app.anonymous().login("ann", PASSWORD).await;
        // A failover is worth waiting for.
        let is_postgres = db.get_database_backend() == DbBackend::Postgres;
        let code = if is_postgres {
            "UNAVAILABLE"
        } else {
            "INTERNAL"
        };
        reply.assert_error(code);
    }
    let mut status = readiness(&app).await;
    for _ in 0..100 {
        if status == StatusCode::SERVICE_UNAVAILABLE {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        status = readiness(&app).await;
    }
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);

    let accept = match db.get_database_backend() {
        DbBackend::Postgres => {
            "BEGIN READ WRITE; DO $$ BEGIN
               EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database());
             END $$; COMMIT"
        }
        _ => "DROP TRIGGER no_sessions; ALTER TABLE probes_away RENAME TO write_probes",
    };
    db.execute_unprepared(accept).await.unwrap();
    // The first probe may use a stale connection, which is then dropped.
    readiness(&app).await;
    assert_eq!(readiness(&app).await, StatusCode::OK);
    app.anonymous().login("ann", PASSWORD).await.ok();
    db.close().await.unwrap();
}
