//! Wrong passwords in a row.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Reply, SignedUp, TestApp};

const NEW: &str = "seven teapots hum at dawn";

async fn fail(client: &Client, identifier: &str, times: usize) {
    for n in 0..times {
        let reply = client.login(identifier, &format!("wrong {n}")).await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
}

#[track_caller]
fn assert_locked_until(reply: &Reply, time: &Value) {
    reply.assert_user_error("ACCOUNT_LOCKED", &[]);
    assert_eq!(reply.at("/data/login/userErrors/0/retryAt"), time);
}

#[tokio::test]
async fn the_fifth_failure_starts_a_wait_that_no_try_extends_and_success_clears() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let nobody = app.anonymous();
    fail(&nobody, "ann", 5).await;
    app.advance(TimeDelta::seconds(30));
    for password in [PASSWORD, "not it", PASSWORD] {
        let reply = nobody.login("ann@example.org", password).await;
        assert_locked_until(&reply, &json!("2027-01-15T08:01:00.000Z"));
    }
    app.advance(TimeDelta::seconds(30));

    let reply = nobody.login("ann", PASSWORD).await;

    let ann = SignedUp::from_reply(&nobody, &reply);
    let events = ann.event_types().await;
    let locked = events
        .iter()
        .filter(|kind| *kind == "ACCOUNT_LOCKED")
        .count();
    let failed = events.iter().filter(|kind| *kind == "LOGIN_FAILED").count();
    assert_eq!((locked, failed), (1, 5), "{events:?}");
    fail(&nobody, "ann", 4).await;
    nobody.login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_correct_password_clears_failures_also_if_the_deletion_is_pending() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.delete_account(PASSWORD, &ann.email).await.ok();
    let client = app.anonymous();
    for _ in 0..2 {
        fail(&client, "ann", 4).await;
        let pending = client.login("ann", PASSWORD).await;
        pending.assert_user_error("DELETION_PENDING", &[]);
    }
}

#[tokio::test]
async fn the_wait_doubles_to_a_quarter_of_an_hour() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    fail(&app.anonymous(), "ann", 5).await;
    for minutes in [1, 2, 4, 8, 15, 15] {
        let early = app.now() + TimeDelta::minutes(minutes);
        let reply = app.anonymous().login("ann", PASSWORD).await;
        let time = early.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        assert_locked_until(&reply, &json!(time));
        app.advance(TimeDelta::minutes(minutes));
        fail(&app.anonymous(), "ann", 1).await;
    }
}

#[tokio::test]
async fn what_names_no_account_is_locked_alike() {
    let app = TestApp::start().await;
    for identifier in ["zoe@example.org", "zoe", "no such thing", ""] {
        fail(&app.anonymous(), identifier, 5).await;
        let reply = app
            .anonymous()
            .login(&identifier.to_uppercase(), PASSWORD)
            .await;
        assert_locked_until(&reply, &json!("2027-01-15T08:01:00.000Z"));
    }
}

#[tokio::test]
async fn a_stranger_elsewhere_does_not_lock_the_owner_out() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let stranger = app.anonymous().at_local_address("127.0.0.9");
    fail(&stranger, "ann", 5).await;
    app.anonymous().login("ann", PASSWORD).await.ok();
    let reply = stranger.login("ann", PASSWORD).await;
    assert_locked_until(&reply, &json!("2027-01-15T08:01:00.000Z"));
}

#[tokio::test]
async fn many_tries_at_once_are_no_way_around() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let other = app.second_instance().await;
    let tries: Vec<_> = (0..30)
        .map(|n| {
            let client = if n % 2 == 0 {
                app.anonymous()
            } else {
                other.anonymous()
            };
            let identifier = if n % 3 == 0 { "ann" } else { "Ann@Example.org" };
            tokio::spawn(async move { client.login(identifier, &format!("wrong {n}")).await })
        })
        .collect();
    let mut checked = 0;
    for reply in tries {
        let reply = reply.await.unwrap();
        let code = reply.at("/data/login/userErrors/0/code");
        checked += usize::from(code == "INVALID_CREDENTIALS");
    }
    assert_eq!(checked, 5);
}

#[tokio::test]
async fn counts_outlive_a_restart_and_hold_on_every_instance() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let other = app.second_instance().await;
    fail(&app.anonymous(), "ann", 3).await;
    fail(&other.anonymous(), "ann", 2).await;
    let app = app.restart().await;
    let reply = app.anonymous().login("ann", PASSWORD).await;
    assert_locked_until(&reply, &json!("2027-01-15T08:01:00.000Z"));
}

#[tokio::test]
async fn the_current_password_is_guessed_no_faster_from_within() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for _ in 0..2 {
        let reply = ann.change_password("not it", NEW).await;
        reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
        let reply = ann.delete_account("not it", "ann@example.org").await;
        reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
    }
    let reply = ann.export_data("not it").await;
    reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);

    let refused = ann.change_password(PASSWORD, NEW).await;

    refused.assert_error("RATE_LIMITED");
    assert_eq!(refused.at("/errors/0/extensions/retryAfter"), 60);
    let reply = app.anonymous().login("ann", PASSWORD).await;
    reply.assert_user_error("ACCOUNT_LOCKED", &[]);
    app.advance(TimeDelta::minutes(1));
    ann.change_password(PASSWORD, NEW).await.ok();
}

#[tokio::test]
async fn a_try_that_was_not_checked_does_not_count() {
    let app = TestApp::with(|config| config.passwords.queue_capacity = 1).await;
    app.signed_up("ann").await;
    let tries: Vec<_> = (0..30)
        .map(|_| {
            let client = app.anonymous();
            tokio::spawn(async move { client.login("ann", PASSWORD).await })
        })
        .collect();
    for reply in tries {
        let reply = reply.await.unwrap();
        let code = reply.at("/errors/0/extensions/code").clone();
        assert!(
            code == "OVERLOADED" || code == Value::Null,
            "{:#}",
            reply.body
        );
    }
    app.anonymous().login("ann", PASSWORD).await.ok();
}
