//! Proving the password again within a session.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Reply, SignedUp, TestApp};

const AT_SIGN_UP: i64 = 1_800_000_000;

/// The claims of an access token. `sessions::signing_keys` verifies signatures.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

fn access_token(reply: &Reply) -> String {
    reply.text("/data/reauthenticate/tokens/accessToken")
}

#[tokio::test]
async fn the_new_session_was_authenticated_now_and_its_token_says_so() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let claimed = claims(&ann.access_token);
    assert_eq!(claimed["auth_time"], AT_SIGN_UP);
    app.advance(TimeDelta::minutes(14));
    let refreshed = app.anonymous().refresh_session(&ann.refresh_token).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &refreshed);
    assert_eq!(claims(&ann.access_token)["auth_time"], AT_SIGN_UP);

    let reply = ann.reauthenticate(PASSWORD).await;

    let renewed = reply.ok();
    let session = &renewed["session"];
    assert_eq!(session["authenticatedAt"], "2027-01-15T08:14:00.000Z");
    assert_eq!(session["methods"], json!(["PASSWORD"]));
    assert_eq!(session["current"], true);
    assert_eq!(renewed["validUntil"], "2027-01-15T08:24:00.000Z");
    let claimed = claims(&access_token(&reply));
    assert_eq!(claimed["auth_time"], AT_SIGN_UP + 14 * 60);
    assert_eq!(claimed["amr"], json!(["pwd"]));
    assert_eq!(claimed["acr"], "aal1");
    assert_eq!(claimed["sid"], session["id"]);
}

#[tokio::test]
async fn the_former_tokens_stop_and_other_sessions_go_on() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;

    let reply = ann.reauthenticate(PASSWORD).await;

    reply.ok();
    ann.me().await.assert_error("UNAUTHENTICATED");
    let refreshed = app.anonymous().refresh_session(&ann.refresh_token).await;
    refreshed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(phone.is_signed_in().await);
    let renewed = ann.bearing(&access_token(&reply));
    renewed.me().await.ok();
    assert_eq!(
        renewed.event_types().await,
        ["REAUTHENTICATED", "LOGIN_SUCCEEDED", "REGISTERED"]
    );
}

#[tokio::test]
async fn a_wrong_password_changes_nothing_and_counts_towards_the_lockout() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::minutes(1));

    let reply = ann.reauthenticate("not it").await;

    reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
    assert!(reply.at("/data/reauthenticate/session").is_null());
    assert!(ann.is_signed_in().await);
    let refreshed = app.anonymous().refresh_session(&ann.refresh_token).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &refreshed);
    assert_eq!(claims(&ann.access_token)["auth_time"], AT_SIGN_UP);
    for _ in 0..30 {
        let reply = ann.reauthenticate("not it").await;
        if reply.at("/errors/0/extensions/code") == "RATE_LIMITED" {
            return;
        }
    }
    panic!("passwords are guessed without a limit");
}

#[tokio::test]
async fn it_needs_a_sign_in_and_a_proof() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = app.anonymous().reauthenticate(PASSWORD).await;
    reply.assert_error("UNAUTHENTICATED");
    for nothing in [json!({}), json!({ "currentPassword": null })] {
        let reply = ann.reauthenticate_with(nothing).await;
        reply.assert_error("BAD_REQUEST");
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_is_renewed() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let other = app.second_instance().await;
    let there = ann.at(other.api);
    let (one, two) = tokio::join!(ann.reauthenticate(PASSWORD), there.reauthenticate(PASSWORD));
    let renewed = [&one, &two]
        .into_iter()
        .filter(|reply| reply.at("/data/reauthenticate/session/id").is_string());
    assert_eq!(renewed.count(), 1, "{} {}", one.body, two.body);
}

#[tokio::test]
async fn the_time_that_counts_as_recent_can_be_set() {
    let settings = [("GATEHOUSE_STEP_UP_TTL", "30m")];
    let app = TestApp::with_settings(&settings, |_| {}).await;
    let ann = app.signed_up("ann").await;
    let reply = ann.reauthenticate(PASSWORD).await;
    assert_eq!(reply.ok()["validUntil"], "2027-01-15T08:30:00.000Z");
}
