//! Removing rows that were kept long enough.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::Value;
use uuid::Uuid;

use crate::support::{SignedUp, TestApp, count_rows, cure, insert_rows, poison};

/// More than two batches.
const ROWS: u128 = 2500;

const TABLES: [&str; 7] = [
    "sessions",
    "security_events",
    "one_time_tokens",
    "outbox",
    "username_reservations",
    "login_failures",
    "known_devices",
];

/// Fills every table that is swept with rows that expired long ago.
async fn fill(app: &TestApp, user: &SignedUp) {
    fill_sessions(app, user).await;
    fill_links(app, user).await;
    fill_mails(app, user).await;
    let columns = ["id", "user_id", "kind", "occurred_at"];
    let events = rows(app, user, |id, user, at| {
        vec![id.into(), user.into(), "LOGGED_OUT".into(), at.into()]
    });
    insert_rows(app, "security_events", &columns, events).await;
    let columns = ["username_canonical", "reserved_until"];
    let names = rows(app, user, |id, _, at| {
        vec![id.to_string().into(), at.into()]
    });
    insert_rows(app, "username_reservations", &columns, names).await;
    let columns = ["id", "subject", "network", "failures", "last_failed_at"];
    let failures = rows(app, user, |id, _, at| {
        let (subject, network) = (id.as_bytes().to_vec(), Vec::<u8>::new());
        vec![
            id.into(),
            subject.into(),
            network.into(),
            1.into(),
            at.into(),
        ]
    });
    insert_rows(app, "login_failures", &columns, failures).await;
    let columns = [
        "id",
        "user_id",
        "kind",
        "mark",
        "last_used_at",
        "known_until",
    ];
    let devices = rows(app, user, |id, user, at| {
        let mut row: Vec<Value> = vec![id.into(), user.into(), "device".into()];
        row.extend([id.as_bytes().to_vec().into(), at.into(), at.into()]);
        row
    });
    insert_rows(app, "known_devices", &columns, devices).await;
}

/// One row a second, each made of an identifier, the user and its time. Identifiers descend.
fn rows(
    app: &TestApp,
    user: &SignedUp,
    row: fn(Uuid, Uuid, DateTime<Utc>) -> Vec<Value>,
) -> impl Iterator<Item = Vec<Value>> {
    let first = app.now() - TimeDelta::days(20 * 365);
    let user: Uuid = user.user_id.parse().unwrap();
    (0..ROWS).map(move |n| {
        let at = first + TimeDelta::seconds(i64::try_from(n).unwrap());
        row(Uuid::from_u128(ROWS - n), user, at)
    })
}

async fn fill_sessions(app: &TestApp, user: &SignedUp) {
    let columns = [
        "id",
        "user_id",
        "created_at",
        "last_used_at",
        "idle_expires_at",
        "expires_at",
        "user_agent",
        "refresh_token_hash",
        "refresh_generation",
        "recent_rotations",
    ];
    let sessions = rows(app, user, |id, user, at| {
        let mut row: Vec<Value> = vec![id.into(), user.into()];
        row.extend([at.into(), at.into(), at.into(), at.into()]);
        row.push(id.as_u128().to_string().into());
        row.extend([vec![1_u8].into(), 0.into(), "".into()]);
        row
    });
    insert_rows(app, "sessions", &columns, sessions).await;
}

async fn fill_links(app: &TestApp, user: &SignedUp) {
    let columns = [
        "id",
        "user_id",
        "token_hash",
        "purpose",
        "email",
        "was_verified",
        "created_at",
        "expires_at",
    ];
    let links = rows(app, user, |id, user, at| {
        let mut row: Vec<Value> = vec![id.into(), user.into(), id.as_bytes().to_vec().into()];
        row.extend([
            "VERIFY_EMAIL".into(),
            "ann@example.org".into(),
            false.into(),
        ]);
        row.extend([at.into(), at.into()]);
        row
    });
    insert_rows(app, "one_time_tokens", &columns, links).await;
}

async fn fill_mails(app: &TestApp, user: &SignedUp) {
    let columns = [
        "id",
        "kind",
        "attempts",
        "created_at",
        "expires_at",
        "next_attempt_at",
        "given_up_at",
    ];
    let mails = rows(app, user, |id, _, at| {
        let mut row: Vec<Value> = vec![id.into(), "verify_email".into(), 9.into()];
        row.extend([at.into(), at.into(), at.into(), at.into()]);
        row
    });
    insert_rows(app, "outbox", &columns, mails).await;
}

/// How many rows of `table` are as old as those of [`fill`].
async fn expired(app: &TestApp, table: &str) -> i64 {
    let column = match table {
        "security_events" => "occurred_at",
        "outbox" => "given_up_at",
        "username_reservations" => "reserved_until",
        "login_failures" => "last_failed_at",
        "known_devices" => "known_until",
        _ => "expires_at",
    };
    count_rows(app, table, &format!("{column} < '2020-01-01'")).await
}

#[tokio::test]
async fn every_table_is_swept_however_many_rows_expired() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    fill(&app, &ann).await;
    for table in TABLES {
        assert_eq!(expired(&app, table).await, 2500, "{table}");
    }

    app.run_workers().await;

    for table in TABLES {
        assert_eq!(expired(&app, table).await, 0, "{table}");
    }
    assert!(ann.is_signed_in().await);
    assert_eq!(ann.event_types().await, ["REGISTERED"]);
}

#[tokio::test]
async fn failing_batch_undoes_no_other_batch_and_no_other_table() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    fill(&app, &ann).await;
    // Of the sessions, which are swept first, the 1,500th in the order of their time.
    poison(&app, "sessions", "old.user_agent = '1001'").await;

    app.run_workers().await;

    assert_eq!(expired(&app, "sessions").await, 1500, "one batch of 1,000");
    for table in &TABLES[1..] {
        assert_eq!(expired(&app, table).await, 0, "{table}");
    }
    cure(&app, "sessions").await;
    app.run_workers().await;
    assert_eq!(expired(&app, "sessions").await, 0);
}

#[tokio::test]
async fn two_instances_sweep_side_by_side() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let other = app.second_instance().await;
    fill(&app, &ann).await;

    tokio::join!(app.run_workers(), other.run_workers());

    app.run_workers().await;
    for table in TABLES {
        assert_eq!(expired(&app, table).await, 0, "{table}");
    }
}
