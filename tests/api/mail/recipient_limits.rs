//! How many emails strangers can cause to be sent to one address.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

const DEFAULTS: [(&str, &str); 2] = [
    ("GATEHOUSE_LIMIT_RECIPIENT", "5/1h"),
    ("GATEHOUSE_LIMIT_RECIPIENT_DAILY", "20/1d"),
];

async fn limited() -> TestApp {
    TestApp::with_settings(&DEFAULTS, |_| {}).await
}

async fn counts(app: &TestApp) -> i64 {
    let db = app.database.db_connect().await;
    let sql = "SELECT COUNT(*) AS count FROM mail_counts";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "count").unwrap()
}

#[tokio::test]
async fn six_networks_cause_no_more_emails_to_one_address_than_one() {
    let app = limited().await;
    app.signed_up("ann").await.verify_address(&app).await;
    app.advance(TimeDelta::hours(2));
    for n in 1..=6 {
        let stranger = app.anonymous().at_local_address(&format!("127.0.0.{n}"));
        let spelling = ["ann@example.org", "ANN@Example.org"][n % 2];
        stranger.request_password_reset(spelling).await.ok();
        app.run_workers().await;
    }
    assert_eq!(app.mails_to("ann@example.org").await.len(), 1 + 5);
    assert_eq!(app.metric("emails_withheld_total").await, 1);
    app.advance(TimeDelta::minutes(61));
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();
    assert_eq!(app.mails_to("ann@example.org").await.len(), 1 + 6);
}

#[tokio::test]
async fn a_day_has_a_limit_of_its_own() {
    let app = limited().await;
    app.signed_up("ann").await.verify_address(&app).await;
    app.advance(TimeDelta::days(1));
    for _ in 0..23 {
        app.advance(TimeDelta::minutes(15));
        app.anonymous()
            .request_password_reset("ann@example.org")
            .await
            .ok();
        app.run_workers().await;
    }
    assert_eq!(app.mails_to("ann@example.org").await.len(), 1 + 20);
    assert_eq!(counts(&app).await, 1);
    app.advance(TimeDelta::days(1));
    app.run_workers().await;
    assert_eq!(counts(&app).await, 0, "and is forgotten after it");
}

#[tokio::test]
async fn every_kind_that_a_stranger_can_cause_is_counted_together() {
    let app = limited().await;
    app.signed_up("ann").await;
    let bob = app.signed_up("bob").await;
    let nobody = app.anonymous();
    // With the registration: six kinds of ways, all to one address.
    let verification = json!({ "email": "ann@example.org" });
    nobody
        .request_email_verification(verification.clone())
        .await
        .ok();
    nobody.request_password_reset("ann@example.org").await.ok();
    app.run_workers().await;
    let change = json!({ "email": "carol@example.org", "currentPassword": PASSWORD });
    for _ in 0..7 {
        bob.update_profile(change.clone()).await.ok();
        bob.request_email_verification(json!({})).await.ok();
        nobody
            .request_email_verification(verification.clone())
            .await
            .ok();
        app.run_workers().await;
    }
    assert_eq!(app.mails_to("ann@example.org").await.len(), 5);
    assert_eq!(app.mails_to("carol@example.org").await.len(), 5);
}

#[tokio::test]
async fn the_count_holds_on_every_instance_and_over_restarts() {
    let app = limited().await;
    app.signed_up("ann").await.verify_address(&app).await;
    app.advance(TimeDelta::hours(2));
    let other = app.second_instance().await;
    for n in 0..8 {
        let instance = [&app, &other][n % 2];
        let nobody = instance.anonymous();
        nobody.request_password_reset("ann@example.org").await.ok();
    }
    tokio::join!(app.run_workers(), other.run_workers());
    assert_eq!(app.mails_to("ann@example.org").await.len(), 1 + 5);
    let app = app.restart().await;
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();
    assert_eq!(app.mails_to("ann@example.org").await.len(), 1 + 5);
}

#[tokio::test]
async fn a_withheld_email_is_not_revealed_to_the_client() {
    let app = limited().await;
    app.signed_up("ann").await.verify_address(&app).await;
    let mut answers = Vec::new();
    for _ in 0..8 {
        let statements = app.statements().await;
        let reply = app
            .anonymous()
            .request_password_reset("ann@example.org")
            .await;
        answers.push((reply.body, app.statements().await - statements));
        app.run_workers().await;
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
}

#[tokio::test]
async fn an_email_that_is_withheld_voids_no_link() {
    let app = limited().await;
    app.signed_up("ann").await.verify_address(&app).await;
    app.advance(TimeDelta::hours(2));
    let mut tokens = Vec::new();
    for _ in 0..5 {
        app.anonymous()
            .request_password_reset("ann@example.org")
            .await
            .ok();
        let mail = app.last_mail_to("ann@example.org").await;
        tokens.push(mail.token("reset-password"));
    }
    for _ in 0..5 {
        app.anonymous()
            .request_password_reset("ann@example.org")
            .await
            .ok();
        app.run_workers().await;
    }
    app.anonymous()
        .reset_password(&tokens[2], "seven teapots hum at dawn")
        .await
        .ok();
}

#[tokio::test]
async fn a_verified_address_is_notified_of_everything_that_only_its_owner_can_do() {
    let app = limited().await;
    let ann = app.signed_up("ann").await;
    ann.verify_address(&app).await;
    for n in 0..8 {
        let input = json!({ "username": format!("name{n}") });
        ann.update_profile(input).await.ok();
        app.run_workers().await;
    }
    assert_eq!(app.mails_to("ann@example.org").await.len(), 1 + 8);
}
