//! How many passkeys, tries and rows there may be.

use chrono::TimeDelta;
use serde_json::json;

use super::stage::{Purpose, add, factors, new_device, sign_in, with_passkey};
use crate::support::{TestApp, count_rows};

#[tokio::test]
async fn account_has_at_most_twenty_passkeys() {
    let app = TestApp::start().await;
    let (mut ann, mut first) = with_passkey(&app, "ann").await;
    for _ in 0..18 {
        ann = add(&ann, &mut new_device()).await;
    }
    let waiting = Purpose::Register.begin(&ann).await;
    let answer = waiting.answer(&first);
    let ann = add(&ann, &mut new_device()).await;

    let reply = ann.start_passkey("REGISTER").await;

    reply.assert_user_error("TOO_MANY", &[]);
    let late = waiting.submit(&answer).await;
    late.assert_error("UNAUTHENTICATED");
    let listed = factors(&ann).await;
    let passkeys = listed["passkeys"].as_array().unwrap();
    assert_eq!(passkeys.len(), 20);
    sign_in(&app.anonymous(), &mut first).await.ok();
    ann.remove_factor_with(json!({ "id": passkeys[7]["id"] }))
        .await
        .ok();
    ann.start_passkey("REGISTER").await.ok();
}

#[tokio::test]
async fn sign_ins_are_limited_and_failures_do_not_use_up_those_of_the_owner() {
    let settings = [("GATEHOUSE_LIMIT_LOGIN", "3/1h")];
    let app = TestApp::with_settings(&settings, |_| {}).await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let client = app.anonymous();
    for _ in 0..3 {
        let reply = client.login_with_passkey(&json!({})).await;
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    }

    let fourth = client.login_with_passkey(&json!({})).await;

    fourth.assert_error("RATE_LIMITED");
    for _ in 0..3 {
        sign_in(&client, &mut device).await.ok();
    }
    let ceremony = Purpose::SignIn.begin(&ann).await;
    let answer = ceremony.answer(&device);
    ceremony.submit(&answer).await.assert_error("RATE_LIMITED");
    // An answer that was not looked at was not used.
    app.advance(TimeDelta::minutes(4));
    let elsewhere = app.second_instance().await;
    let reply = elsewhere.anonymous().login_with_passkey(&answer).await;
    reply.ok();
}

#[tokio::test]
async fn proofs_in_a_sign_in_and_in_a_session_are_limited() {
    let settings = [("GATEHOUSE_LIMIT_SECOND_FACTOR", "3/1h")];
    let app = TestApp::with_settings(&settings, |_| {}).await;
    for purpose in [Purpose::SecondStep, Purpose::Reauthenticate] {
        let (ann, device) = with_passkey(&app, &format!("ann{purpose:?}")).await;
        let ceremony = purpose.begin(&ann).await;
        for _ in 0..3 {
            let reply = ceremony.submit(&json!({})).await;
            reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
        }
        let answer = ceremony.answer(&device);
        ceremony.submit(&answer).await.assert_error("RATE_LIMITED");
    }
}

#[tokio::test]
async fn used_options_are_kept_until_they_expire() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    app.advance(TimeDelta::minutes(6));
    app.run_workers().await;
    assert_eq!(count_rows(&app, "used_ceremonies", "1 = 1").await, 0);
    let ceremony = Purpose::SignIn.begin(&ann).await;
    let answer = ceremony.answer(&device);
    ceremony.submit(&answer).await.ok();
    app.advance(TimeDelta::seconds(299));
    app.run_workers().await;
    assert_eq!(count_rows(&app, "used_ceremonies", "1 = 1").await, 1);
    let again = ceremony.submit(&answer).await;
    again.assert_user_error("PASSKEY_INVALID", &["passkey"]);

    app.advance(TimeDelta::seconds(2));
    app.run_workers().await;

    assert_eq!(count_rows(&app, "used_ceremonies", "1 = 1").await, 0);
    let again = ceremony.submit(&answer).await;
    again.assert_user_error("CEREMONY_EXPIRED", &["passkey"]);
}

#[tokio::test]
async fn metrics_tell_outcomes_of_sign_ins_with_passkeys_apart() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let client = app.anonymous();
    sign_in(&client, &mut device).await.ok();
    client.login_with_passkey(&json!({})).await;
    let id = factors(&ann).await["passkeys"][0]["id"].clone();
    ann.remove_factor_with(json!({ "id": id })).await.ok();
    sign_in(&client, &mut device).await;

    let lines = app.metrics_named("passkey_logins_total").await;

    for outcome in ["succeeded", "passkey_invalid", "passkey_unknown"] {
        let line = lines.iter().find(|line| line.contains(outcome)).unwrap();
        assert!(line.ends_with(" 1"), "{line}");
    }
}
