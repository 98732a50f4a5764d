//! In which order emails leave, how many wait, and when the time of their links starts.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait as _, Statement, Value};
use uuid::Uuid;

use super::outbox::{received, sending_to};
use crate::support::{Mail, PASSWORD, SmtpServer, TestApp, count_rows, insert_rows};

const NEW: &str = "seven teapots hum at dawn";

fn position(mails: &[Mail], to: &str, subject: &str) -> usize {
    mails
        .iter()
        .position(|mail| mail.to == to && mail.subject == subject)
        .unwrap_or_else(|| panic!("no {subject} to {to}"))
}

#[tokio::test]
async fn notices_of_one_kind_to_one_person_become_one_while_they_wait() {
    let mut server = SmtpServer::start();
    let app = sending_to(&server).await;
    let ann = app.signed_up("ann").await;
    app.run_workers().await;
    let token = received(&server)[0].token("verify-email");
    ann.verify_email(&token).await.ok();
    server.refuse_connections().await;
    for n in 0..10 {
        let input = serde_json::json!({ "username": format!("name{n}") });
        ann.update_profile(input).await.ok();
        app.advance(TimeDelta::minutes(1));
        app.run_workers().await;
    }
    ann.change_password(PASSWORD, NEW).await.ok();
    assert_eq!(count_rows(&app, "outbox", "1 = 1").await, 2);
    let secure_account = "purpose = 'secure_account' AND effect IS NULL";
    assert_eq!(count_rows(&app, "one_time_tokens", secure_account).await, 2);

    server.listen_again();
    app.advance(TimeDelta::hours(2));
    app.run_workers().await;

    let mails = received(&server);
    assert_eq!(mails.len(), 1 + 2);
    let notice = &mails[position(&mails, "ann@example.org", "Your username was changed")];
    let said = "covers 10 events of this kind since 2027-01-15 08:00 UTC";
    assert!(notice.text.contains(said), "{}", notice.text);
    assert!(notice.text.contains("2027-01-15 08:09 UTC"), "the last one");
    let reply = app
        .anonymous()
        .secure_account(&notice.token("secure-account"))
        .await;
    reply.ok();
    assert!(!ann.is_signed_in().await);
}

#[tokio::test]
async fn links_that_somebody_waits_for_leave_before_notices() {
    let server = SmtpServer::start();
    let app = sending_to(&server).await;
    for n in 0..8 {
        app.signed_up(&format!("user{n}")).await;
    }
    app.run_workers().await;
    for n in 0..8 {
        let client = app.anonymous().with_user_agent("curl/8.5.0");
        client.login(&format!("user{n}"), PASSWORD).await.ok();
    }
    let nobody = app.anonymous();
    nobody
        .request_password_reset("user7@example.org")
        .await
        .ok();
    app.run_workers().await;

    let mails = received(&server).split_off(8);
    assert_eq!(mails.len(), 9);
    let reset = position(&mails, "user7@example.org", "Choose a new password");
    assert!(reset < 4, "it left with the {reset}th");
}

#[tokio::test]
async fn one_account_s_many_emails_do_not_delay_another_s() {
    let server = SmtpServer::start();
    let app = sending_to(&server).await;
    for name in ["ann", "bob"] {
        app.signed_up(name).await;
    }
    app.run_workers().await;
    for _ in 0..20 {
        let nobody = app.anonymous();
        nobody.request_password_reset("ann@example.org").await.ok();
    }
    let nobody = app.anonymous();
    nobody.request_password_reset("bob@example.org").await.ok();
    app.run_workers().await;

    let mails = received(&server).split_off(2);
    assert_eq!(mails.len(), 21);
    let reset = position(&mails, "bob@example.org", "Choose a new password");
    assert!(reset < 4, "it left with the {reset}th");
}

#[tokio::test]
async fn the_time_of_a_link_starts_when_its_email_is_first_handed_over() {
    let mut server = SmtpServer::start();
    let app = sending_to(&server).await;
    app.signed_up("ann").await;
    app.run_workers().await;
    server.refuse_connections().await;
    let nobody = app.anonymous();
    nobody.request_password_reset("ann@example.org").await.ok();
    app.run_workers().await;
    app.advance(TimeDelta::hours(5));
    server.listen_again();
    app.run_workers().await;

    let mail = received(&server).pop().unwrap();
    assert!(
        mail.text.contains("until 2027-01-15 13:30 UTC"),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("until 2027-01-15 13:30 UTC"));
    let when = "2027-01-15 08:00 UTC";
    assert!(mail.text.contains(when), "when it was asked for stays");
    let token = mail.token("reset-password");
    app.advance(TimeDelta::minutes(29));
    let weak = nobody.reset_password(&token, "password").await;
    weak.assert_user_error("PASSWORD_TOO_SHORT", &["newPassword"]);
    app.advance(TimeDelta::minutes(1));
    let late = nobody.reset_password(&token, NEW).await;
    late.assert_user_error("TOKEN_EXPIRED", &["token"]);
}

#[tokio::test]
async fn a_link_that_was_never_handed_over_has_an_end_too() {
    let mut server = SmtpServer::start();
    let app = sending_to(&server).await;
    app.signed_up("ann").await;
    app.run_workers().await;
    server.refuse_connections().await;
    let nobody = app.anonymous();
    nobody.request_password_reset("ann@example.org").await.ok();
    app.run_workers().await;
    let at = app.now() + TimeDelta::minutes(30);
    let db = app.database.db_connect().await;
    let sql = "SELECT expires_at FROM one_time_tokens WHERE purpose = 'reset_password'";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    let expires_at: DateTime<Utc> = row.try_get("", "expires_at").unwrap();
    assert_eq!(expires_at, at);
}

/// Rows as an earlier version wrote them: without the columns that it does not know.
async fn insert_mails(app: &TestApp, many: u128, ages: (TimeDelta, TimeDelta), given_up: bool) {
    let columns = [
        "id",
        "user_id",
        "kind",
        "sealed",
        "created_at",
        "expires_at",
        "next_attempt_at",
        "attempts",
        "given_up_at",
    ];
    let now = app.now();
    let user = app.signed_up(&format!("owner{given_up}{many}")).await;
    let user: Uuid = user.user_id.parse().unwrap();
    let base = u128::from(given_up) << 64 | many << 32;
    let rows = (0..many).map(|n| {
        vec![
            Uuid::from_u128(base + n).into(),
            user.into(),
            "username_changed".into(),
            Value::from(vec![0_u8; 4096]),
            (now - TimeDelta::days(3)).into(),
            (now + ages.0).into(),
            (now + ages.1).into(),
            1.into(),
            given_up.then_some(now).into(),
        ]
    });
    insert_rows(app, "outbox", &columns, rows).await;
}

#[tokio::test]
async fn thousands_that_cannot_leave_are_in_nobody_s_way() {
    let server = SmtpServer::start();
    let app = sending_to(&server).await;
    let hour = TimeDelta::hours(1);
    insert_mails(&app, 3000, (-hour, -hour), true).await;
    insert_mails(&app, 2000, (-hour, -hour), false).await;
    insert_mails(&app, 1500, (hour, hour), false).await;
    app.run_workers().await;
    assert_eq!(app.metric("emails_dead_lettered_total").await, 2000);
    assert_eq!(app.metric("emails_waiting").await, 1500);
    let left = "given_up_at IS NOT NULL AND attempts = 1 AND sealed IS NULL";
    assert_eq!(count_rows(&app, "outbox", left).await, 2000);

    let before = app.statements().await;
    let nobody = app.anonymous();
    nobody
        .request_password_reset("ownertrue3000@example.org")
        .await
        .ok();
    app.run_workers().await;
    let statements = app.statements().await - before;
    let mails = received(&server);
    let reset = position(&mails, "ownertrue3000@example.org", "Choose a new password");
    assert_eq!(reset, mails.len() - 1);
    assert!(statements < 120, "{statements}");
}
