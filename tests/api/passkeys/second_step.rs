//! A passkey as the second step of a sign-in with a password.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::stage::{
    add, challenge, claims, complete, factors, first_step, new_device, options, with_passkey,
};
use crate::support::{PASSWORD, SignedUp, TestApp};

#[tokio::test]
async fn password_alone_opens_no_session() {
    let app = TestApp::start().await;
    let (ann, _) = with_passkey(&app, "ann").await;

    let reply = first_step(&app.anonymous(), &ann).await;

    let payload = reply.payload();
    assert_eq!(payload["userErrors"][0]["code"], "SECOND_FACTOR_REQUIRED");
    for nothing in ["user", "session", "tokens"] {
        assert_eq!(payload[nothing], Value::Null, "{nothing}");
    }
    let challenge = &payload["challenge"];
    assert_eq!(challenge["methods"], json!(["PASSKEY", "RECOVERY_CODE"]));
    assert_eq!(challenge["expiresAt"], "2027-01-15T08:10:00.000Z");
    let options = &challenge["passkeyOptions"];
    assert_eq!(options["rpId"], "app.example.org");
    assert_eq!(options["userVerification"], "required");
    let listed = factors(&ann).await;
    let allowed = options["allowCredentials"].as_array().unwrap();
    assert_eq!(allowed.len(), 1);
    assert_eq!(allowed[0]["id"], listed["passkeys"][0]["credentialId"]);
}

#[tokio::test]
async fn passkey_completes_the_sign_in() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let begun = challenge(&app.anonymous(), &ann).await;
    app.advance(TimeDelta::minutes(1));
    let used = device.get(&begun["passkeyOptions"]).unwrap();

    let reply = complete(&app.anonymous(), &begun, &used).await;

    let session = &reply.ok()["session"];
    assert_eq!(session["methods"], json!(["PASSWORD", "PASSKEY"]));
    assert_eq!(session["authenticatedAt"], "2027-01-15T08:01:00.000Z");
    let user = &reply.ok()["user"];
    assert_eq!(user["lastLoginAt"], "2027-01-15T08:01:00.000Z");
    let signed_in = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(!signed_in.device_token.is_empty());
    let claimed = claims(&signed_in.access_token);
    assert_eq!(claimed["amr"], json!(["pwd", "pop", "mfa"]));
    assert_eq!(claimed["acr"], "aal2");
    assert_eq!(signed_in.event_types().await[0], "LOGIN_SUCCEEDED");
    let passkey = &factors(&signed_in).await["passkeys"][0];
    assert_eq!(passkey["lastUsedAt"], "2027-01-15T08:01:00.000Z");
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn session_of_the_first_step_is_replaced_by_the_second() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let begun = challenge(&ann, &ann).await;
    let used = device.get(&begun["passkeyOptions"]).unwrap();
    assert!(ann.is_signed_in().await, "nothing was replaced yet");

    let reply = complete(&app.anonymous(), &begun, &used).await;

    let anew = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(anew.is_signed_in().await);
    assert!(!ann.is_signed_in().await);
}

#[tokio::test]
async fn challenge_is_completed_once() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let begun = challenge(&app.anonymous(), &ann).await;
    let used = device.get(&begun["passkeyOptions"]).unwrap();
    complete(&app.anonymous(), &begun, &used).await.ok();

    let again = complete(&app.anonymous(), &begun, &used).await;
    let other = device.get(&begun["passkeyOptions"]).unwrap();
    let anew = complete(&app.anonymous(), &begun, &other).await;

    again.assert_user_error("CHALLENGE_INVALID", &[]);
    anew.assert_user_error("CHALLENGE_INVALID", &[]);
}

#[tokio::test]
async fn any_passkey_of_the_account_completes_it() {
    let app = TestApp::start().await;
    let (ann, mut first) = with_passkey(&app, "ann").await;
    let mut second = new_device();
    let ann = add(&ann, &mut second).await;
    for device in [&mut first, &mut second] {
        let begun = challenge(&app.anonymous(), &ann).await;
        let used = device.get(&begun["passkeyOptions"]).unwrap();
        complete(&app.anonymous(), &begun, &used).await.ok();
    }
}

#[tokio::test]
async fn user_handle_may_be_missing() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let begun = challenge(&app.anonymous(), &ann).await;
    device.sends_user_handle = false;
    let used = device.get(&begun["passkeyOptions"]).unwrap();
    assert_eq!(used["response"].get("userHandle"), None);
    complete(&app.anonymous(), &begun, &used).await.ok();
}

#[tokio::test]
async fn expired_challenge_is_rejected() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let (early, late) = (
        challenge(&app.anonymous(), &ann).await,
        challenge(&app.anonymous(), &ann).await,
    );
    app.advance(TimeDelta::seconds(599));
    let used = device.get(&early["passkeyOptions"]).unwrap();
    complete(&app.anonymous(), &early, &used).await.ok();

    app.advance(TimeDelta::seconds(1));

    let used = device.get(&late["passkeyOptions"]).unwrap();
    let reply = complete(&app.anonymous(), &late, &used).await;
    reply.assert_user_error("CHALLENGE_INVALID", &[]);
}

#[tokio::test]
async fn challenge_is_void_for_another_client_and_after_a_change_of_factors() {
    let app = TestApp::start().await;
    let (ann, mut known) = with_passkey(&app, "ann").await;
    let begun = challenge(&app.anonymous(), &ann).await;
    let used = known.get(&begun["passkeyOptions"]).unwrap();
    let curl = app.anonymous().with_user_agent("curl/8.5.0");
    let reply = complete(&curl, &begun, &used).await;
    reply.assert_user_error("CHALLENGE_INVALID", &[]);

    add(&ann, &mut new_device()).await;

    let reply = complete(&app.anonymous(), &begun, &used).await;
    reply.assert_user_error("CHALLENGE_INVALID", &[]);
}

#[tokio::test]
async fn rejected_passkeys_do_not_end_the_challenge() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let begun = challenge(&app.anonymous(), &ann).await;
    let foreign = options(&app.anonymous(), "SIGN_IN").await;
    for _ in 0..8 {
        let used = device.get(&foreign).unwrap();
        let reply = complete(&app.anonymous(), &begun, &used).await;
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    }
    let used = device.get(&begun["passkeyOptions"]).unwrap();
    complete(&app.anonymous(), &begun, &used).await.ok();
}

#[tokio::test]
async fn wrong_codes_do_not_lock_the_passkey() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let stranger = app.anonymous().with_user_agent("curl/8.5.0");
    let wrong = json!({ "recoveryCode": "wrong" });
    let token = challenge(&stranger, &ann).await["token"].clone();
    for _ in 0..5 {
        let reply = stranger.complete_login(token.as_str().unwrap(), wrong.clone());
        reply
            .await
            .assert_user_error("CODE_INVALID", &["recoveryCode"]);
    }
    let begun = challenge(&stranger, &ann).await;
    let token = begun["token"].as_str().unwrap();
    let locked = stranger.complete_login(token, wrong).await;
    locked.assert_user_error("SECOND_FACTOR_LOCKED", &[]);

    let used = device.get(&begun["passkeyOptions"]).unwrap();
    complete(&stranger, &begun, &used).await.ok();
}

#[tokio::test]
async fn password_and_passkey_are_both_needed_after_a_change_of_password() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let begun = challenge(&app.anonymous(), &ann).await;
    let used = device.get(&begun["passkeyOptions"]).unwrap();
    let changed = ann
        .change_password(PASSWORD, "seven teapots hum at dawn")
        .await;
    changed.ok();

    let reply = complete(&app.anonymous(), &begun, &used).await;

    reply.assert_user_error("CHALLENGE_INVALID", &[]);
}
