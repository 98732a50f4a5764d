//! What happens when the database fails under a running service.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

async fn rename(app: &TestApp, pairs: &[(&str, &str)]) {
    let db = app.database.db_connect().await;
    for (from, to) in pairs {
        db.execute_unprepared(&format!("ALTER TABLE {from} RENAME TO {to}"))
            .await
            .unwrap();
    }
    db.close().await.unwrap();
}

#[tokio::test]
async fn an_internal_error_shows_only_its_request_id_and_the_service_recovers() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    rename(
        &app,
        &[("users", "users_away"), ("signing_keys", "keys_away")],
    )
    .await;

    let reply = app.anonymous().login("ann", PASSWORD).await;

    reply.assert_error("INTERNAL");
    let id = reply.text("/errors/0/extensions/requestId");
    assert_eq!(reply.headers["x-request-id"].to_str().unwrap(), id);
    let text = reply.body.to_string();
    for detail in ["users", "table", "relation", "sql", "src/"] {
        assert!(!text.contains(detail), "{detail} in {text}");
    }
    ann.me().await.assert_error("INTERNAL");
    let input = json!({ "email": "bob@example.org", "password": PASSWORD });
    app.anonymous()
        .register(input)
        .await
        .assert_error("INTERNAL");
    let ready = reqwest::get(app.admin_url("/health/ready")).await.unwrap();
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    let live = reqwest::get(app.admin_url("/health/live")).await.unwrap();
    assert_eq!(live.status(), StatusCode::OK);

    rename(
        &app,
        &[("users_away", "users"), ("keys_away", "signing_keys")],
    )
    .await;

    assert!(ann.is_signed_in().await);
    app.anonymous().login("ann", PASSWORD).await.ok();
    let ready = reqwest::get(app.admin_url("/health/ready")).await.unwrap();
    assert_eq!(ready.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_credential_that_cannot_be_checked_is_an_internal_error() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    rename(&app, &[("sessions", "sessions_away")]).await;

    let reply = ann.me().await;

    assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
    reply.assert_error("INTERNAL");
    assert!(reply.at("/errors/0/extensions/requestId").is_string());
}

#[tokio::test]
async fn a_change_that_fails_half_way_leaves_nothing_behind() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    // The event is the last thing that each change writes.
    rename(&app, &[("security_events", "events_away")]).await;

    let input = json!({ "email": "bob@example.org", "password": PASSWORD });
    app.anonymous()
        .register(input.clone())
        .await
        .assert_error("INTERNAL");
    ann.update_profile(json!({ "name": "Ann" }))
        .await
        .assert_error("INTERNAL");
    ann.change_password(PASSWORD, "seven teapots hum at dawn")
        .await
        .assert_error("INTERNAL");
    ann.delete_account(PASSWORD, &ann.email)
        .await
        .assert_error("INTERNAL");
    ann.logout().await.assert_error("INTERNAL");

    rename(&app, &[("events_away", "security_events")]).await;
    assert!(ann.is_signed_in().await);
    assert_eq!(ann.me().await.at("/data/me/name"), &json!(null));
    app.anonymous().login("ann", PASSWORD).await.ok();
    app.anonymous().register(input).await.ok();
}

#[tokio::test]
async fn a_request_that_times_out_changes_nothing() {
    let app = TestApp::with(|config| {
        config.limits.request_timeout = Duration::from_millis(1500);
    })
    .await;
    let ann = app.signed_up("ann").await;
    let blocker = app.database.db_connect().await;
    let block = match blocker.get_database_backend() {
        // Readers go on.
        DbBackend::Postgres => "BEGIN; LOCK TABLE users IN EXCLUSIVE MODE",
        _ => "BEGIN IMMEDIATE",
    };
    blocker.execute_unprepared(block).await.unwrap();

    let reply = ann.update_profile(json!({ "name": "Ann" })).await;

    if blocker.get_database_backend() == DbBackend::Postgres {
        // The statement is ended by the server, a moment before the request would be.
        reply.assert_error("INTERNAL");
        assert_eq!(reply.status, StatusCode::OK);
        let waiting = "SELECT 1 FROM pg_stat_activity \
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let waiting = Statement::from_string(DbBackend::Postgres, waiting);
        let waiting = blocker.query_all_raw(waiting).await.unwrap();
        assert!(waiting.is_empty(), "a statement outlives its request");
    } else {
        reply.assert_error("UNAVAILABLE");
        assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(reply.headers.contains_key("retry-after"));
    }
    let id = reply.text("/errors/0/extensions/requestId");
    assert_eq!(reply.headers["x-request-id"].to_str().unwrap(), id);
    for header in ["strict-transport-security", "content-security-policy"] {
        assert!(reply.headers.contains_key(header), "{header} also on this");
    }
    assert_eq!(reply.headers["cache-control"], "no-store");
    blocker.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!(ann.me().await.at("/data/me/name"), &json!(null));
    ann.update_profile(json!({ "name": "Later" })).await.ok();
}

#[tokio::test]
async fn requests_that_hold_every_connection_do_not_make_the_service_unready() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let blocker = app.database.db_connect().await;
    if blocker.get_database_backend() == DbBackend::Postgres {
        let block = "BEGIN; LOCK TABLE users IN EXCLUSIVE MODE";
        blocker.execute_unprepared(block).await.unwrap();
    }
    // More than the pool has connections.
    let waiting: Vec<_> = (0..12)
        .map(|_| {
            let ann = ann.clone();
            tokio::spawn(async move { ann.update_profile(json!({ "name": "Ann" })).await })
        })
        .collect();
    if blocker.get_database_backend() == DbBackend::Postgres {
        until_six_wait_for_a_lock(&app).await;
    }

    let ready = reqwest::get(app.admin_url("/health/ready")).await.unwrap();

    assert_eq!(ready.status(), StatusCode::OK);
    if blocker.get_database_backend() == DbBackend::Postgres {
        blocker.execute_unprepared("ROLLBACK").await.unwrap();
    }
    for reply in waiting {
        reply.await.unwrap().ok();
    }
}

/// Asks outside of a transaction: within one, `PostgreSQL` repeats the activity that it saw first.
async fn until_six_wait_for_a_lock(app: &TestApp) {
    let count = "SELECT count(*) AS n FROM pg_stat_activity \
                 WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let db = app.database.db_connect().await;
    let deadline = Instant::now() + Duration::from_secs(9);
    loop {
        let row = Statement::from_string(DbBackend::Postgres, count);
        let row = db.query_one_raw(row).await.unwrap().unwrap();
        let held = row.try_get::<i64>("", "n").unwrap();
        if held >= 6 {
            break;
        }
        assert!(
            Instant::now() < deadline,
            "{held} statements wait for the lock"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
