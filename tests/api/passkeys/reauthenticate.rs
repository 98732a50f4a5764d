//! `reauthenticate` by passkey.

use chrono::TimeDelta;
use serde_json::json;

use super::stage::{
    add, challenge, claims, complete, factors, new_device, options, reauthenticate, verified,
    with_passkey,
};
use crate::support::TestApp;

#[tokio::test]
async fn passkey_makes_the_session_recent_again() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    app.advance(TimeDelta::minutes(12));
    let stale = ann.start_passkey("REGISTER").await;
    stale.assert_error("STEP_UP_REQUIRED");

    let reply = reauthenticate(&ann, &mut device).await;

    let session = &reply.ok()["session"];
    assert_ne!(session["id"], ann.session_id);
    assert_eq!(session["methods"], json!(["PASSWORD", "PASSKEY"]));
    assert_eq!(session["authenticatedAt"], "2027-01-15T08:12:00.000Z");
    assert_eq!(reply.ok()["validUntil"], "2027-01-15T08:22:00.000Z");
    let token = reply.text("/data/reauthenticate/tokens/accessToken");
    let claimed = claims(&token);
    assert_eq!(claimed["auth_time"], app.now().timestamp());
    assert_eq!(claimed["acr"], "aal2");
    let renewed = ann.bearing(&token);
    renewed.start_passkey("REGISTER").await.ok();
    assert!(!ann.is_signed_in().await, "the former tokens are revoked");
    assert_eq!(renewed.event_types().await[0], "REAUTHENTICATED");
    let passkey = &factors(&renewed).await["passkeys"][0];
    assert_eq!(passkey["lastUsedAt"], "2027-01-15T08:12:00.000Z");
}

#[tokio::test]
async fn passkey_raises_the_level_of_a_session_of_one_factor() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let phone = ann.login_again().await;
    let mut device = new_device();
    add(&ann, &mut device).await;
    assert_eq!(claims(&phone.access_token)["acr"], "aal1");

    let reply = reauthenticate(&phone, &mut device).await;

    let token = reply.text("/data/reauthenticate/tokens/accessToken");
    assert_eq!(claims(&token)["amr"], json!(["pwd", "pop", "mfa"]));
    assert_eq!(claims(&token)["acr"], "aal2");
}

#[tokio::test]
async fn options_list_the_passkeys_of_the_user() {
    let app = TestApp::start().await;
    let (ann, _) = with_passkey(&app, "ann").await;
    let ann = add(&ann, &mut new_device()).await;

    let reply = ann.start_passkey("REAUTHENTICATE").await;

    assert_eq!(reply.ok()["expiresAt"], "2027-01-15T08:05:00.000Z");
    let options = &reply.ok()["options"];
    let allowed = options["allowCredentials"].as_array().unwrap().iter();
    let allowed: Vec<_> = allowed.map(|it| it["id"].clone()).collect();
    let listed = factors(&ann).await;
    let passkeys = listed["passkeys"].as_array().unwrap().iter();
    let own: Vec<_> = passkeys.map(|it| it["credentialId"].clone()).collect();
    assert_eq!(allowed, own);
    assert_eq!(own.len(), 2);
}

#[tokio::test]
async fn options_need_a_session_and_a_passkey() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let nobody = app.anonymous().start_passkey("REAUTHENTICATE").await;
    nobody.assert_error("UNAUTHENTICATED");
    let without = ann.start_passkey("REAUTHENTICATE").await;
    without.assert_user_error("NO_PASSKEY", &[]);
}

#[tokio::test]
async fn options_of_another_session_are_rejected() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let begun = challenge(&app.anonymous(), &ann).await;
    let used = device.get(&begun["passkeyOptions"]).unwrap();
    let reply = complete(&app.anonymous(), &begun, &used).await;
    let token = reply.text("/data/completeLogin/tokens/accessToken");
    let other = app.anonymous().bearing(&token);
    let used = device.get(&options(&ann, "REAUTHENTICATE").await).unwrap();

    let reply = other.reauthenticate_with(json!({ "passkey": used })).await;

    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    let reply = ann.reauthenticate_with(json!({ "passkey": used })).await;
    reply.ok();
}

#[tokio::test]
async fn user_handle_may_be_missing() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    device.sends_user_handle = false;
    reauthenticate(&ann, &mut device).await.ok();
}

#[tokio::test]
async fn wrong_codes_do_not_lock_the_passkey() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let wrong = json!({ "recoveryCode": "wrong" });
    for _ in 0..5 {
        ann.reauthenticate_with(wrong.clone()).await;
    }
    let locked = ann.reauthenticate_with(wrong).await;
    locked.assert_user_error("SECOND_FACTOR_LOCKED", &[]);

    reauthenticate(&ann, &mut device).await.ok();
}

#[tokio::test]
async fn exactly_one_proof_is_accepted() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let used = device.get(&options(&ann, "REAUTHENTICATE").await).unwrap();
    for more in [
        ("totpCode", "123456"),
        ("recoveryCode", "x"),
        ("currentPassword", "x"),
    ] {
        let mut input = json!({ "passkey": used });
        input[more.0] = json!(more.1);
        let reply = ann.reauthenticate_with(input).await;
        reply.assert_error("BAD_REQUEST");
    }
    ann.reauthenticate_with(json!({ "passkey": used }))
        .await
        .ok();
}
