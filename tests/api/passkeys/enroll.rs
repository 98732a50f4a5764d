//! `addPasskey` during a sign-in that must enroll a factor.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::stage::{claims, complete, first_step, new_device, sign_in};
use crate::support::{Client, PASSWORD, Reply, SignedUp, TestApp};

async fn app() -> TestApp {
    let settings = [
        ("GATEHOUSE_SECOND_FACTOR", "required"),
        ("GATEHOUSE_EMAIL_VERIFICATION", "off"),
    ];
    TestApp::with_settings(&settings, |_| {}).await
}

/// Registers an account and returns the challenge.
async fn register(client: &Client, name: &str) -> Value {
    let email = format!("{name}@example.org");
    let input = json!({ "email": email, "username": name, "password": PASSWORD });
    let reply = client.register(input).await;
    let payload = reply.payload();
    assert_eq!(payload["session"], Value::Null);
    assert_eq!(payload["tokens"], Value::Null);
    let challenge = &payload["challenge"];
    assert_eq!(challenge["methods"], json!([]));
    assert_eq!(challenge["passkeyOptions"], Value::Null);
    challenge.clone()
}

/// Starts the registration of a passkey in a sign-in.
async fn start(client: &Client, challenge: &Value) -> Reply {
    let input = json!({ "purpose": "REGISTER", "challenge": challenge["token"] });
    client.start_passkey_with(input).await
}

#[tokio::test]
async fn passkey_completes_the_sign_in_that_must_enroll() {
    let app = app().await;
    let client = app.anonymous();
    let challenge = register(&client, "ann").await;
    let started = start(&client, &challenge).await;
    let mut device = new_device();
    let created = device.create(&started.ok()["options"]).unwrap();
    let input = json!({ "challenge": challenge["token"], "passkey": created });

    let reply = client.add_passkey_with(input.clone()).await;

    let added = reply.ok();
    assert_eq!(added["session"]["methods"], json!(["PASSWORD", "PASSKEY"]));
    assert_eq!(added["recoveryCodes"].as_array().unwrap().len(), 10);
    assert_eq!(added["user"]["email"], "ann@example.org");
    let ann = SignedUp::from_reply(&client, &reply);
    assert_eq!(claims(&ann.access_token)["acr"], "aal2");
    assert!(!ann.device_token.is_empty());
    assert!(ann.is_signed_in().await);
    let again = client.add_passkey_with(input).await;
    again.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
    sign_in(&client, &mut device).await.ok();
}

#[tokio::test]
async fn options_are_valid_in_their_own_sign_in_alone() {
    let app = app().await;
    let client = app.anonymous();
    let challenges = [
        register(&client, "ann").await,
        register(&client, "bob").await,
    ];
    let started = start(&client, &challenges[0]).await;
    let created = new_device().create(&started.ok()["options"]).unwrap();

    let input = json!({ "challenge": challenges[1]["token"], "passkey": created });
    let reply = client.add_passkey_with(input).await;

    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    let input = json!({ "challenge": challenges[0]["token"], "passkey": created });
    client.add_passkey_with(input).await.ok();
}

#[tokio::test]
async fn challenge_that_a_factor_completes_enrolls_none() {
    let app = app().await;
    let client = app.anonymous();
    let challenge = register(&client, "ann").await;
    let started = start(&client, &challenge).await;
    let created = new_device().create(&started.ok()["options"]).unwrap();
    let input = json!({ "challenge": challenge["token"], "passkey": created });
    let ann = SignedUp::from_reply(&client, &client.add_passkey_with(input).await);
    let reply = first_step(&client, &ann).await;
    let challenge = reply.at("/data/login/challenge");
    assert_eq!(challenge["methods"], json!(["PASSKEY", "RECOVERY_CODE"]));

    let started = start(&client, challenge).await;

    started.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
    let input = json!({ "challenge": challenge["token"], "passkey": created });
    let added = client.add_passkey_with(input).await;
    added.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
}

#[tokio::test]
async fn challenge_without_factor_is_completed_by_no_passkey() {
    let app = app().await;
    let client = app.anonymous();
    let challenge = register(&client, "ann").await;
    let started = start(&client, &challenge).await;
    let mut device = new_device();
    device.create(&started.ok()["options"]).unwrap();
    let rp_id = &started.ok()["options"]["rp"]["id"];
    let request = json!({ "rpId": rp_id, "challenge": started.ok()["options"]["challenge"] });
    let used = device.get(&request).unwrap();

    let reply = complete(&client, &challenge, &used).await;

    reply.assert_user_error("CHALLENGE_INVALID", &[]);
}

#[tokio::test]
async fn unknown_expired_and_borrowed_challenges_enroll_nothing() {
    let app = app().await;
    let client = app.anonymous();
    let challenge = register(&client, "ann").await;
    let unknown = start(&client, &json!({ "token": "made up" })).await;
    unknown.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
    let curl = client.with_user_agent("curl/8.5.0");
    let borrowed = start(&curl, &challenge).await;
    borrowed.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
    let bearer = client.bearing(challenge["token"].as_str().unwrap());
    bearer.me().await.assert_error("UNAUTHENTICATED");
    start(&client, &challenge).await.ok();

    app.advance(TimeDelta::minutes(10));

    let expired = start(&client, &challenge).await;
    expired.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
}
