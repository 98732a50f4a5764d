//! `exportData`

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join_all;
use gatehouse::config::Quota;
use sea_orm::{ConnectionTrait as _, DbBackend};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{PASSWORD, SignedUp, TestApp, columns_of, count_rows, insert_rows};

async fn exported(user: &SignedUp) -> Value {
    user.export_data(PASSWORD).await.ok()["export"].clone()
}

#[tokio::test]
async fn it_hands_over_what_every_owner_holds() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let input = json!({ "name": "Ann", "locale": "de", "email": "lee@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    app.anonymous().login("ann", "not it").await;
    app.run_workers().await;
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();

    let export = exported(&ann).await;

    assert_eq!(export["account"]["email"], "ann@example.org");
    assert_eq!(export["account"]["pendingEmail"], "lee@example.org");
    assert_eq!(export["account"]["name"], "Ann");
    assert_eq!(export["sessions"][0]["deviceName"], "Firefox on Linux");
    assert_eq!(export["mails"][0]["kind"], "reset_password");
    assert!(export["links"].as_array().unwrap().len() >= 3);
    let events: BTreeSet<(&str, &str)> = export["securityEvents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| ["type", "actor"].map(|key| event[key].as_str().unwrap()))
        .map(|[kind, actor]| (kind, actor))
        .collect();
    for event in [
        ("REGISTERED", "USER"),
        ("LOGIN_FAILED", "ANONYMOUS"),
        ("DATA_EXPORTED", "USER"),
    ] {
        assert!(events.contains(&event), "{event:?} in {events:?}");
    }
    assert_eq!(ann.event_types().await[0], "DATA_EXPORTED");
}

#[tokio::test]
async fn it_holds_no_secret_and_nothing_of_others() {
    let app = TestApp::start().await;
    let bob = app.signed_up("bob").await;
    let ann = app.signed_up("ann").await;
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();
    let mails = app.mails_to("ann@example.org").await;

    let text = exported(&ann).await.to_string();

    for secret in [
        "$2b$",
        "hash",
        "bob@example.org",
        &bob.user_id,
        &ann.refresh_token,
        &ann.access_token,
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    for token in [
        mails[0].token("verify-email"),
        mails[1].token("reset-password"),
    ] {
        assert!(!text.contains(&token));
    }
    let parts: Vec<&str> = ann.refresh_token.split('.').collect();
    assert!(
        parts
            .iter()
            .all(|part| part.len() < 30 || !text.contains(part))
    );
}

/// Every column of a table with personal data is handed over or has a reason not to be.
#[tokio::test]
async fn every_column_is_handed_over_or_is_a_secret() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let export = exported(&ann).await;
    let left_out = [
        "email_canonical",
        "username_canonical",
        "pending_email_canonical",
    ];
    for column in columns_of(&app, "users").await {
        let mut words = column.split('_');
        let mut key = words.next().unwrap().to_owned();
        for word in words {
            key.push_str(&word[..1].to_uppercase());
            key.push_str(&word[1..]);
        }
        let handed_over = export["account"].as_object().unwrap().contains_key(&key);
        assert_ne!(handed_over, left_out.contains(&column.as_str()), "{column}");
    }
}

#[tokio::test]
async fn it_needs_the_current_password_and_a_sign_in() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.export_data("not it").await;
    reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
    let reply = ann.export_data_with(json!({})).await;
    reply.assert_user_error("CURRENT_PASSWORD_REQUIRED", &["currentPassword"]);
    let nobody = app.anonymous().export_data(PASSWORD).await;
    nobody.assert_error("UNAUTHENTICATED");
}

#[tokio::test]
async fn it_is_limited_together_with_everything_that_checks_a_password() {
    let quota = Quota {
        burst: NonZeroU32::new(4).unwrap(),
        period: Duration::from_mins(1),
    };
    let app = TestApp::with(|config| config.rate_limits.password_check = Some(quota)).await;
    let ann = app.signed_up("ann").await;
    exported(&ann).await;
    ann.change_password("not it", "seven teapots hum at dawn")
        .await;
    ann.delete_account("not it", "ann@example.org").await;
    let input = json!({ "email": "lee@example.org", "currentPassword": "not it" });
    ann.update_profile(input).await;

    let refused = ann.export_data(PASSWORD).await;

    refused.assert_error("RATE_LIMITED");
    assert_eq!(refused.at("/errors/0/extensions/retryAfter"), 15);
    app.advance(TimeDelta::seconds(15));
    exported(&ann).await;
}

/// Gives `user` so many events, each with a user agent of so many characters.
pub(super) async fn add_events(app: &TestApp, user: &SignedUp, events: u128, characters: usize) {
    let user: Uuid = user.user_id.parse().unwrap();
    let agent = "x".repeat(characters);
    let rows = (0..events).map(|n| {
        let at = app.now() - TimeDelta::seconds(i64::try_from(n / 3).unwrap());
        let mut row: Vec<sea_orm::Value> = vec![Uuid::from_u128(n + 1).into(), user.into()];
        row.extend(["LOGGED_OUT".into(), at.into(), agent.clone().into()]);
        row
    });
    let columns = ["id", "user_id", "kind", "occurred_at", "user_agent"];
    insert_rows(app, "security_events", &columns, rows).await;
}

#[tokio::test]
async fn every_page_of_a_long_history_is_handed_over_once() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    // Of one moment are three each, and pages end between them.
    add_events(&app, &ann, 1600, 10).await;

    let export = exported(&ann).await;

    let events = export["securityEvents"].as_array().unwrap();
    let ids: BTreeSet<&str> = events.iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!((events.len(), ids.len()), (1602, 1602));
    let times: Vec<&str> = events
        .iter()
        .map(|it| it["occurredAt"].as_str().unwrap())
        .collect();
    assert!(times.is_sorted(), "oldest first");
}

#[tokio::test]
async fn more_than_sixteen_mebibytes_are_left_to_the_operator() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    add_events(&app, &ann, 3400, 5000).await;

    let reply = ann.export_data(PASSWORD).await;

    reply.assert_user_error("EXPORT_TOO_LARGE", &[]);
    assert!(reply.body.to_string().contains("`gatehouse export`"));
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn one_export_of_an_account_runs_at_a_time() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.signed_up("ann").await, app.signed_up("bob").await);
    add_events(&app, &ann, 2000, 100).await;

    let replies = join_all((0..8).map(|_| ann.export_data(PASSWORD))).await;

    let refused: Vec<_> = replies
        .iter()
        .filter(|reply| reply.body["errors"].is_array())
        .collect();
    assert!(
        !refused.is_empty() && refused.len() < 8,
        "{}",
        refused.len()
    );
    for reply in refused {
        reply.assert_error("RATE_LIMITED");
        assert_eq!(reply.at("/errors/0/extensions/retryAfter"), 10);
    }
    exported(&ann).await;
    exported(&bob).await;
}

/// On PostgreSQL, where there are several; another instance's export is a lock there.
#[tokio::test]
async fn export_on_another_instance_refuses_a_second_one_of_the_account_alone() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.signed_up("ann").await, app.signed_up("bob").await);
    let db = app.database.db_connect().await;
    if db.get_database_backend() != DbBackend::Postgres {
        exported(&ann).await;
        return;
    }
    let name = format!("gatehouse/export/{}", ann.user_id);
    let sql = format!("SELECT pg_advisory_lock(hashtextextended('{name}', 0))");
    db.execute_unprepared(&sql).await.unwrap();

    ann.export_data(PASSWORD).await.assert_error("RATE_LIMITED");

    exported(&bob).await;
    db.close().await.unwrap();
    exported(&ann).await;
}

#[tokio::test]
async fn export_waits_for_no_writer_and_keeps_none_waiting() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    add_events(&app, &ann, 2000, 100).await;

    let device = app.anonymous();
    let (export, logins) = tokio::join!(
        ann.export_data(PASSWORD),
        join_all((0..5).map(|_| device.login("ann", PASSWORD)))
    );

    export.ok();
    for login in &logins {
        login.ok();
    }
    assert_eq!(count_rows(&app, "sessions", "1 = 1").await, 6);
}
