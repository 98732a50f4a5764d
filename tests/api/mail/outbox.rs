//! What waits to be sent: once, in spite of everything, and readable by nobody meanwhile.

use std::time::Duration;

use chrono::TimeDelta;
use gatehouse::config::{MailTransport, SmtpSecurity};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::support::{Mail, Manner, PASSWORD, SmtpServer, TestApp};

/// A service that sends its mails to `server`.
pub(super) async fn sending_to(server: &SmtpServer) -> TestApp {
    let url = server.url();
    TestApp::with(|config| {
        config.mail.transport = MailTransport::Smtp {
            shown_url: url.clone(),
            url: url.into(),
            security: SmtpSecurity::None,
        };
        config.mail.timeout = Duration::from_millis(500);
    })
    .await
}

pub(super) fn received(server: &SmtpServer) -> Vec<Mail> {
    server
        .received()
        .iter()
        .map(|mail| Mail::parse(&mail.data))
        .collect()
}

async fn db_count(app: &TestApp, sql: &str) -> i64 {
    let db = app.database.db_connect().await;
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "count").unwrap()
}

async fn waiting(app: &TestApp) -> i64 {
    db_count(app, "SELECT COUNT(*) AS count FROM outbox").await
}

#[tokio::test]
async fn a_mail_that_cannot_leave_is_tried_again_and_never_slows_what_caused_it() {
    let mut server = SmtpServer::start();
    let app = sending_to(&server).await;
    server.refuse_connections().await;
    app.signed_up("ann").await;
    app.run_workers().await;
    assert_eq!(
        (waiting(&app).await, app.metric("emails_waiting").await),
        (1, 1)
    );
    assert_eq!(app.metric("email_attempts_failed_total").await, 1);
    app.run_workers().await;
    let failed = app.metric("email_attempts_failed_total").await;
    assert_eq!(failed, 1, "not before the pause is over");

    server.listen_again();
    app.advance(TimeDelta::seconds(45));
    app.run_workers().await;

    assert_eq!(received(&server).len(), 1);
    assert_eq!(
        (waiting(&app).await, app.metric("emails_waiting").await),
        (0, 0)
    );
    assert_eq!(app.metric("emails_sent_total").await, 1);
}

#[tokio::test]
async fn the_age_of_the_outbox_is_that_of_the_oldest_email_without_an_attempt() {
    let mut server = SmtpServer::start();
    let app = sending_to(&server).await;
    server.refuse_connections().await;
    app.signed_up("ann").await;
    app.run_workers().await;
    app.advance(TimeDelta::minutes(10));
    app.run_workers().await;
    let age: f64 = app.figure("emails_oldest_age_seconds").await;
    assert!(age.abs() < f64::EPSILON, "attempted, {age}");
    // As by a worker that is stuck.
    let never = "UPDATE outbox SET attempts = 0, next_attempt_at = expires_at";
    let db = app.database.db_connect().await;
    db.execute_unprepared(never).await.unwrap();
    app.run_workers().await;
    let age: f64 = app.figure("emails_oldest_age_seconds").await;
    assert!((599.0..=601.0).contains(&age), "{age}");
}

#[tokio::test]
async fn a_change_rolled_back_sends_nothing() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.run_workers().await;
    let db = app.database.db_connect().await;
    let away = "ALTER TABLE security_events RENAME TO events_away";
    db.execute_unprepared(away).await.unwrap();
    let reply = ann
        .change_password(PASSWORD, "seven teapots hum at dawn")
        .await;
    reply.assert_error("INTERNAL");
    let back = "ALTER TABLE events_away RENAME TO security_events";
    db.execute_unprepared(back).await.unwrap();
    assert_eq!(app.mails().await.len(), 1);
}

#[tokio::test]
async fn what_waits_is_unreadable() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.change_password(PASSWORD, "seven teapots hum at dawn")
        .await
        .ok();
    let db = app.database.db_connect().await;
    let statement = Statement::from_string(db.get_database_backend(), "SELECT sealed FROM outbox");
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    let sealed: Vec<u8> = row.try_get("", "sealed").unwrap();
    assert!(sealed.len() > 500);
    let text = String::from_utf8_lossy(&sealed);
    for clear in ["ann@", "token", "Password", "password"] {
        assert!(!text.contains(clear), "{clear}");
    }
}

#[tokio::test]
async fn of_many_instances_one_sends_each_mail() {
    let server = SmtpServer::start();
    let app = sending_to(&server).await;
    let others = [app.second_instance().await, app.second_instance().await];
    for n in 0..12 {
        app.signed_up(&format!("user{n}")).await;
    }
    let [one, two] = &others;
    tokio::join!(app.run_workers(), one.run_workers(), two.run_workers());
    // The last worker found everything claimed, not everything sent.
    app.run_workers().await;
    let mut to: Vec<String> = received(&server).into_iter().map(|mail| mail.to).collect();
    to.sort();
    let all = to.len();
    to.dedup();
    assert_eq!((all, to.len()), (12, 12));
    assert_eq!(waiting(&app).await, 0);
}

#[tokio::test]
async fn one_address_that_fails_does_not_hold_up_the_others() {
    let server = SmtpServer::start();
    let app = sending_to(&server).await;
    server.behave(Manner::TryLater(1));
    for name in ["ann", "bob", "cid", "dee", "eve", "fay"] {
        app.signed_up(name).await;
    }
    app.run_workers().await;
    assert_eq!((received(&server).len(), waiting(&app).await), (5, 1));
    app.advance(TimeDelta::seconds(45));
    app.run_workers().await;
    assert_eq!((received(&server).len(), waiting(&app).await), (6, 0));
}

#[tokio::test]
async fn after_three_days_an_email_is_dead_lettered_and_logged() {
    let mut server = SmtpServer::start();
    let app = sending_to(&server).await;
    server.refuse_connections().await;
    app.signed_up("ann").await;
    for _ in 0..71 {
        app.run_workers().await;
        app.advance(TimeDelta::hours(1));
    }
    assert_eq!(app.metric("emails_dead_lettered_total").await, 0);
    let tries = app.metric("email_attempts_failed_total").await;
    assert!((36..=80).contains(&tries), "{tries}");
    app.advance(TimeDelta::hours(1));
    app.run_workers().await;

    assert_eq!(app.metric("emails_dead_lettered_total").await, 1);
    assert_eq!(app.metric("emails_waiting").await, 0);
    let left = "SELECT COUNT(*) AS count FROM outbox WHERE sealed IS NULL \
                AND given_up_at IS NOT NULL AND last_error LIKE '%refused%' AND kind = 'verify_email'";
    assert_eq!(
        db_count(&app, left).await,
        1,
        "its text and address are gone"
    );
    server.listen_again();
    app.advance(TimeDelta::days(30) + TimeDelta::seconds(1));
    app.run_workers().await;
    assert_eq!((received(&server).len(), waiting(&app).await), (0, 0));
}

#[tokio::test]
async fn the_last_mail_s_address_is_gone_a_day_later_also_when_it_cannot_be_sent() {
    let mut server = SmtpServer::start();
    let app = sending_to(&server).await;
    let ann = app.signed_up("ann").await;
    ann.delete_account(PASSWORD, "ann@example.org").await.ok();
    app.run_workers().await;
    server.refuse_connections().await;
    app.advance(TimeDelta::hours(1));
    app.run_workers().await;
    assert_eq!(waiting(&app).await, 1);
    for _ in 0..24 {
        app.advance(TimeDelta::hours(1));
        app.run_workers().await;
    }
    assert_eq!(waiting(&app).await, 0);
}

#[tokio::test]
async fn a_mail_that_cannot_be_opened_waits_with_its_reason() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let db = app.database.db_connect().await;
    app.run_workers().await;
    let ann = app.anonymous().with_user_agent("curl/8.5.0");
    ann.login("ann", PASSWORD).await.ok();
    let spoil = "UPDATE outbox SET sealed = other.bytes FROM \
                 (SELECT token_hash AS bytes FROM one_time_tokens LIMIT 1) AS other";
    db.execute_unprepared(spoil).await.unwrap();
    app.run_workers().await;
    assert_eq!(waiting(&app).await, 1);
    let reason =
        "SELECT COUNT(*) AS count FROM outbox WHERE last_error LIKE '%another GATEHOUSE_SECRET%'";
    assert_eq!(db_count(&app, reason).await, 1);
}

#[tokio::test]
async fn the_same_mail_has_the_same_name_however_often_it_is_tried() {
    let server = SmtpServer::start();
    let app = sending_to(&server).await;
    server.behave(Manner::DropAfterData);
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    app.anonymous().register(input).await.ok();
    app.run_workers().await;
    server.behave(Manner::Accept);
    app.advance(TimeDelta::seconds(45));
    app.run_workers().await;
    let names: Vec<String> = received(&server)
        .iter()
        .map(|mail| {
            let line = mail
                .source
                .lines()
                .find(|line| line.starts_with("Message-ID: "));
            line.unwrap().to_owned()
        })
        .collect();
    assert_eq!(names.len(), 2, "a server that hangs up may have kept it");
    assert_eq!(names[0], names[1], "so that the recipient sees one");
}
