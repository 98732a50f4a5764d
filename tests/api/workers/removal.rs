//! Removing accounts: one that fails is in nobody else's way, and a clock that is wrong removes nobody early.

use chrono::TimeDelta;
use gatehouse::clock::{Clock as _, SystemClock};
use sea_orm::Value;
use uuid::Uuid;

use crate::support::{PASSWORD, TestApp, count_rows, insert_rows, poison};

#[tokio::test]
async fn failing_deletion_stops_neither_the_others_nor_the_sweep() {
    let app = TestApp::start().await;
    let mut receipts = Vec::new();
    for name in ["ann", "bob", "cid"] {
        let user = app.signed_up(name).await;
        let reply = user.delete_account(PASSWORD, &user.email).await;
        receipts.push(reply.text("/data/deleteAccount/deletion/receipt"));
        app.advance(TimeDelta::seconds(1));
    }
    let past = app.now() - TimeDelta::days(1);
    let reserved = vec![vec!["dot".into(), past.into()]];
    let columns = ["username_canonical", "reserved_until"];
    insert_rows(&app, "username_reservations", &columns, reserved).await;
    poison(&app, "users", "old.username = 'ann'").await;
    app.advance(TimeDelta::hours(1));

    app.run_workers().await;

    for (receipt, status) in receipts.iter().zip(["PENDING", "COMPLETED", "COMPLETED"]) {
        let deletion = app.anonymous().account_deletion(receipt).await;
        assert_eq!(deletion.ok()["status"], status);
    }
    assert_eq!(app.metric("deletions_due").await, 1);
    assert_eq!(count_rows(&app, "username_reservations", "1 = 1").await, 0);
}

#[tokio::test]
async fn more_failing_removals_than_are_read_at_once_stop_no_other() {
    let settings = [("GATEHOUSE_EMAIL_VERIFICATION", "required")];
    let app = TestApp::with_settings(&settings, |_| {}).await;
    let due = app.now() - TimeDelta::days(1);
    let rows = (0_u128..120).map(|n| -> Vec<Value> {
        let email = format!("{n}@example.org");
        let name = if n < 110 { "poison" } else { "ann" };
        vec![
            Uuid::from_u128(n + 1).into(),
            email.clone().into(),
            email.into(),
            name.into(),
            due.into(),
            due.into(),
            due.into(),
            due.into(),
        ]
    });
    let columns = [
        "id",
        "email",
        "email_canonical",
        "name",
        "password_changed_at",
        "created_at",
        "updated_at",
        "verification_due_at",
    ];
    insert_rows(&app, "users", &columns, rows).await;
    poison(&app, "users", "old.name = 'poison'").await;

    app.run_workers().await;

    assert_eq!(count_rows(&app, "users", "name = 'poison'").await, 110);
    assert_eq!(count_rows(&app, "users", "name = 'ann'").await, 0);
}

#[tokio::test]
async fn clock_ahead_of_the_database_removes_nothing() {
    let app = TestApp::at(SystemClock.now(), |_| {}).await;
    app.clock.set_synchronized(true);
    let ann = app.signed_up("ann").await;
    ann.delete_account(PASSWORD, &ann.email).await.ok();
    app.run_workers().await;

    app.advance(TimeDelta::days(1));
    let outcome = app.try_workers().await;

    // On SQLite the machine has one clock.
    let has_other_clock = app.database.url.starts_with("postgres");
    assert_eq!(outcome.is_err(), has_other_clock);
    let kept = i64::from(has_other_clock);
    assert_eq!(count_rows(&app, "users", "username = 'ann'").await, kept);

    app.clock.set_synchronized(false);
    app.run_workers().await;
    assert_eq!(count_rows(&app, "users", "username = 'ann'").await, 0);
}
