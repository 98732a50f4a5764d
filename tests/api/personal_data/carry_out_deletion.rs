//! The worker that removes accounts.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp, db_dump};

/// On SQLite the files themselves, with their free pages and the write-ahead log; on PostgreSQL they are
/// the server's.
fn assert_files_hold_none(app: &TestApp, traces: &[String]) {
    let path = app
        .database
        .url
        .trim_start_matches("sqlite://")
        .split('?')
        .next()
        .unwrap();
    for file in [path.to_owned(), format!("{path}-wal")] {
        let Ok(bytes) = std::fs::read(&file) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for trace in traces {
            assert!(!text.contains(trace.as_str()), "{trace} is left in {file}");
        }
    }
}

#[tokio::test]
async fn nothing_about_the_person_is_left() {
    let app = TestApp::start().await;
    let ann = app.signed_up("annabel").await;
    let bob = app.signed_up("bob").await;
    ann.update_profile(
        json!({ "name": "Miss Winterbourne", "avatarUrl": "https://img.example/w.png" }),
    )
    .await
    .ok();
    app.anonymous().login("annabel", "not it").await;
    let reply = ann.delete_account(PASSWORD, &ann.email).await;
    let receipt = reply.text("/data/deleteAccount/deletion/receipt");
    let traces = [
        ann.user_id.clone(),
        ann.user_id.replace('-', ""),
        "annabel".to_owned(),
        "winterbourne".to_owned(),
        "img.example".to_owned(),
    ];
    let before = db_dump(&app).await;
    // The id is text on one database and bytes on the other.
    let found = traces
        .iter()
        .filter(|trace| before.contains(trace.as_str()))
        .count();
    assert_eq!(found, 4, "the search finds what is there: {before}");
    assert!(
        !before.contains(&receipt.to_lowercase()),
        "the receipt itself is not stored"
    );

    app.advance(TimeDelta::hours(1));
    app.run_workers().await;

    assert_files_hold_none(&app, &traces);
    let after = db_dump(&app).await;
    for trace in traces {
        assert!(!after.contains(&trace), "{trace} is left in {after}");
    }
    let deletion = app.anonymous().account_deletion(&receipt).await;
    assert_eq!(deletion.ok()["status"], "COMPLETED");
    assert_eq!(deletion.ok()["completedAt"], "2027-01-15T09:00:00.000Z");
    app.anonymous()
        .refresh_session(&bob.refresh_token)
        .await
        .ok();
}

#[tokio::test]
async fn the_last_mail_says_what_was_removed_and_holds_the_receipt() {
    let app = TestApp::start().await;
    let input = json!({ "email": "Ann@Example.org", "password": PASSWORD, "locale": "fr-CA" });
    let ann = app.anonymous().register(input).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &ann);
    app.run_workers().await;
    let reply = ann.delete_account(PASSWORD, "ann@example.org").await;
    let receipt = reply.text("/data/deleteAccount/deletion/receipt");
    app.advance(TimeDelta::hours(1));

    let mail = app
        .mail("Ann@example.org", "Votre compte a été supprimé")
        .await;

    for detail in [receipt.as_str(), "2027-01-15 09:00 UTC", "Sessions"] {
        assert!(mail.text.contains(detail), "{detail} in {}", mail.text);
    }
    assert!(
        !mail.text.contains("https://"),
        "nothing is left to link to"
    );
    let after = db_dump(&app).await;
    assert!(
        !after.contains("outbox:"),
        "the address is nowhere: {after}"
    );
}

#[tokio::test]
async fn an_account_is_kept_until_its_time() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.delete_account(PASSWORD, &ann.email).await;
    let receipt = reply.text("/data/deleteAccount/deletion/receipt");
    app.advance(TimeDelta::hours(1) - TimeDelta::milliseconds(1));

    app.run_workers().await;

    let deletion = app.anonymous().account_deletion(&receipt).await;
    assert_eq!(deletion.ok()["status"], "PENDING");
}

#[tokio::test]
async fn the_address_is_free_again_afterwards() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.delete_account(PASSWORD, &ann.email).await.ok();
    app.advance(TimeDelta::hours(1));
    app.run_workers().await;

    let again = app.signed_up("ann").await;

    assert_ne!(again.user_id, ann.user_id, "an id is never used again");
    assert!(!ann.is_signed_in().await);
}

#[tokio::test]
async fn two_instances_carry_a_deletion_out_once() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let mut receipts = Vec::new();
    for n in 0..5 {
        let user = app.signed_up(&format!("user{n}")).await;
        let reply = user.delete_account(PASSWORD, &user.email).await;
        receipts.push(reply.text("/data/deleteAccount/deletion/receipt"));
    }
    app.advance(TimeDelta::hours(1));

    tokio::join!(app.run_workers(), other.run_workers());

    for receipt in receipts {
        let deletion = app.anonymous().account_deletion(&receipt).await;
        assert_eq!(deletion.ok()["status"], "COMPLETED");
    }
}

#[tokio::test]
async fn what_was_due_while_no_worker_ran_is_caught_up_with() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.delete_account(PASSWORD, &ann.email).await;
    let receipt = reply.text("/data/deleteAccount/deletion/receipt");
    app.advance(TimeDelta::hours(20));

    let app = app.restart().await;

    app.run_workers().await;
    let deletion = app.anonymous().account_deletion(&receipt).await;
    assert_eq!(deletion.ok()["status"], "COMPLETED");
}

#[tokio::test]
async fn a_backup_that_reads_meanwhile_holds_nobody_up() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.delete_account(PASSWORD, &ann.email).await.ok();
    app.advance(TimeDelta::hours(1));
    let backup = app.database.db_connect().await;
    let snapshot = "BEGIN; SELECT count(*) FROM users";
    backup.execute_unprepared(snapshot).await.unwrap();

    // Emptying the log would wait for the backup, with the write lock, for as long as SQLite waits for a lock.
    let worked = tokio::time::timeout(Duration::from_secs(4), app.run_workers()).await;

    assert!(worked.is_ok(), "the workers wait for the backup");
    app.signed_up("bob").await;
    backup.execute_unprepared("COMMIT").await.unwrap();
}
