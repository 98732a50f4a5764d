//! What becomes of a thief's passkey.

use chrono::TimeDelta;
use serde_json::json;

use super::stage::{add, new_device, sign_in, verified, with_passkey};
use crate::support::{SignedUp, TestApp};

const NOTICE: &str = "A second factor was added to your account";

#[tokio::test]
async fn link_in_the_notice_removes_the_passkey_that_it_is_about() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let mut device = new_device();
    add(&ann, &mut device).await;
    let notice = app.mail("ann@example.org", NOTICE).await;

    let token = notice.token("secure-account");
    app.anonymous().secure_account(&token).await.ok();

    let reply = sign_in(&app.anonymous(), &mut device).await;
    reply.assert_user_error("PASSKEY_UNKNOWN", &["passkey"]);
}

#[tokio::test]
async fn passkey_from_before_the_notice_stays() {
    let app = TestApp::start().await;
    let (ann, mut of_ann) = with_passkey(&app, "ann").await;
    app.mail("ann@example.org", NOTICE).await;
    // The link in it has expired.
    app.advance(TimeDelta::days(8));
    let (mut of_thief, mut later) = (new_device(), new_device());
    let reply = sign_in(&app.anonymous(), &mut of_ann).await;
    let ann = SignedUp::from_reply(&ann, &reply);
    let ann = add(&ann, &mut of_thief).await;
    let notice = app.mail("ann@example.org", NOTICE).await;
    app.advance(TimeDelta::minutes(1));
    let thief = add(&ann, &mut later).await;

    let token = notice.token("secure-account");
    app.anonymous().secure_account(&token).await.ok();

    assert!(!thief.is_signed_in().await);
    for device in [&mut of_thief, &mut later] {
        let reply = sign_in(&app.anonymous(), device).await;
        reply.assert_user_error("PASSKEY_UNKNOWN", &["passkey"]);
    }
    let reply = sign_in(&app.anonymous(), &mut of_ann).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn options_from_before_the_account_was_secured_add_nothing() {
    let app = TestApp::start().await;
    let (ann, _) = with_passkey(&app, "ann").await;
    let notice = app.mail("ann@example.org", NOTICE).await;
    let started = ann.start_passkey("REGISTER").await;
    let mut device = new_device();
    let created = device.create(&started.ok()["options"]).unwrap();
    let token = notice.token("secure-account");
    app.anonymous().secure_account(&token).await.ok();

    let reply = ann.add_passkey_with(json!({ "passkey": created })).await;

    reply.assert_error("UNAUTHENTICATED");
    let reply = sign_in(&app.anonymous(), &mut device).await;
    reply.assert_user_error("PASSKEY_UNKNOWN", &["passkey"]);
}
