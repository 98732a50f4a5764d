//! `addPasskey` in a session.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::stage::{add, claims, factors, new_device, options, sign_in, verified, with_passkey};
use crate::support::{
    CeremonyError, EDDSA, ES256, PASSWORD, RS256, SignedUp, TestApp, encode, enrolled_secret,
    totp_code,
};

const NOTICE: &str = "A second factor was added to your account";

#[tokio::test]
async fn first_passkey_brings_ten_recovery_codes() {
    let app = TestApp::start().await;
    let (ann, mut device) = (verified(&app, "ann").await, new_device());
    let created = device.create(&options(&ann, "REGISTER").await).unwrap();

    let reply = ann.add_passkey_with(json!({ "passkey": created })).await;

    let added = reply.ok();
    let passkey = &added["passkey"];
    assert_eq!(passkey["credentialId"], created["id"]);
    assert_eq!(passkey["name"], "Firefox on Linux");
    assert_eq!(passkey["createdAt"], "2027-01-15T08:00:00.000Z");
    assert_eq!(passkey["lastUsedAt"], Value::Null);
    assert_eq!(passkey["synced"], false);
    let codes = added["recoveryCodes"].as_array().unwrap();
    assert_eq!(codes.len(), 10);
    for code in codes {
        let groups: Vec<_> = code.as_str().unwrap().split('-').collect();
        assert!(groups.iter().all(|group| group.len() == 4), "{code}");
        assert_eq!(groups.len(), 6, "{code}");
    }
    let ann = SignedUp::from_reply(&ann, &reply);
    let listed = factors(&ann).await;
    assert_eq!(listed["passkeys"], json!([passkey]));
    assert_eq!(listed["recoveryCodesLeft"], 10);
    assert_eq!(listed["totp"], Value::Null);
}

#[tokio::test]
async fn second_passkey_brings_no_recovery_codes() {
    let app = TestApp::start().await;
    let (ann, _) = with_passkey(&app, "ann").await;
    app.advance(TimeDelta::seconds(1));
    let created = new_device()
        .create(&options(&ann, "REGISTER").await)
        .unwrap();

    let input = json!({ "passkey": created, "name": "Phone" });
    let reply = ann.add_passkey_with(input).await;

    assert_eq!(reply.ok()["recoveryCodes"], Value::Null);
    let listed = factors(&SignedUp::from_reply(&ann, &reply)).await;
    let passkeys = listed["passkeys"].as_array().unwrap();
    let names = passkeys.iter().map(|it| it["name"].as_str().unwrap());
    let names: Vec<_> = names.collect();
    assert_eq!(names, ["Firefox on Linux", "Phone"], "oldest first");
    assert_eq!(listed["recoveryCodesLeft"], 10);
}

#[tokio::test]
async fn current_session_is_replaced_by_one_of_two_factors() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let phone = ann.login_again().await;
    app.advance(TimeDelta::minutes(2));
    let created = new_device()
        .create(&options(&ann, "REGISTER").await)
        .unwrap();

    let reply = ann.add_passkey_with(json!({ "passkey": created })).await;

    let session = &reply.ok()["session"];
    assert_ne!(session["id"], ann.session_id);
    assert_eq!(session["current"], true);
    assert_eq!(session["methods"], json!(["PASSWORD", "PASSKEY"]));
    assert_eq!(session["authenticatedAt"], "2027-01-15T08:02:00.000Z");
    assert_eq!(reply.ok()["user"]["id"], ann.user_id);
    let renewed = SignedUp::from_reply(&ann, &reply);
    let claimed = claims(&renewed.access_token);
    assert_eq!(claimed["amr"], json!(["pwd", "pop", "mfa"]));
    assert_eq!(claimed["acr"], "aal2");
    assert_eq!(claimed["auth_time"], app.now().timestamp());
    assert_eq!(claimed["sid"], renewed.session_id);
    assert!(renewed.is_signed_in().await && phone.is_signed_in().await);
    assert!(!ann.is_signed_in().await);
    let refreshed = app.anonymous().refresh_session(&ann.refresh_token).await;
    refreshed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    let refreshed = app
        .anonymous()
        .refresh_session(&renewed.refresh_token)
        .await;
    let token = refreshed.text("/data/refreshSession/tokens/accessToken");
    assert_eq!(claims(&token)["acr"], "aal2");
}

#[tokio::test]
async fn owner_is_notified_and_the_event_is_listed() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let created = new_device()
        .create(&options(&ann, "REGISTER").await)
        .unwrap();
    let input = json!({ "passkey": created, "name": "Blue key" });

    let reply = ann.add_passkey_with(input).await;

    let notice = app.mail("ann@example.org", NOTICE).await;
    for text in ["Passkey", "Blue key", "Firefox on Linux", "127.0.0.1"] {
        assert!(notice.text.contains(text), "{text} in {}", notice.text);
    }
    assert!(notice.links_to("secure-account"));
    let ann = SignedUp::from_reply(&ann, &reply);
    let events = ann.security_events(json!({ "first": 10 })).await;
    let added = events.at("/data/me/securityEvents/nodes/1");
    assert_eq!(added["type"], "PASSKEY_ADDED");
    assert_eq!(added["session"]["id"], ann.session_id);
    let codes = events.at("/data/me/securityEvents/nodes/0");
    assert_eq!(codes["type"], "RECOVERY_CODES_GENERATED");
}

#[tokio::test]
async fn options_describe_service_user_and_existing_passkeys() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;

    let reply = ann.start_passkey("REGISTER").await;

    assert_eq!(reply.ok()["expiresAt"], "2027-01-15T08:05:00.000Z");
    let options = &reply.ok()["options"];
    assert_eq!(options["rp"]["id"], "app.example.org");
    assert_eq!(options["user"]["name"], "ann@example.org");
    let user_id: uuid::Uuid = ann.user_id.parse().unwrap();
    assert_eq!(options["user"]["id"], encode(user_id.as_bytes()));
    let listed = factors(&ann).await;
    let excluded = options["excludeCredentials"].as_array().unwrap();
    assert_eq!(excluded.len(), 1);
    assert_eq!(excluded[0]["id"], listed["passkeys"][0]["credentialId"]);
    assert_eq!(excluded[0]["transports"], json!(["hybrid", "internal"]));
    assert_eq!(device.create(options), Err(CeremonyError::InvalidState));
    let challenge = options["challenge"].as_str().unwrap();
    let challenge = BASE64_URL_SAFE_NO_PAD.decode(challenge).unwrap();
    assert!(challenge.len() >= 16);
}

#[tokio::test]
async fn each_offered_algorithm_can_be_added_and_used() {
    let app = TestApp::start().await;
    let mut ann = verified(&app, "ann").await;
    for algorithm in [ES256, EDDSA, RS256] {
        let mut device = new_device();
        device.algorithms = vec![algorithm];
        ann = add(&ann, &mut device).await;
        let reply = sign_in(&app.anonymous(), &mut device).await;
        assert_eq!(reply.ok()["user"]["id"], ann.user_id, "{algorithm}");
    }
}

#[tokio::test]
async fn passkey_of_a_password_manager_is_listed_as_synced() {
    let app = TestApp::start().await;
    let (ann, mut device) = (verified(&app, "ann").await, new_device());
    device.backup_eligible = true;
    device.backup_state = true;
    let ann = add(&ann, &mut device).await;
    assert_eq!(factors(&ann).await["passkeys"][0]["synced"], true);

    device.backup_state = false;
    sign_in(&app.anonymous(), &mut device).await.ok();

    assert_eq!(factors(&ann).await["passkeys"][0]["synced"], false);
}

#[tokio::test]
async fn adding_needs_a_session() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let created = new_device()
        .create(&options(&ann, "REGISTER").await)
        .unwrap();

    let started = app.anonymous().start_passkey("REGISTER").await;
    let input = json!({ "passkey": created });
    let added = app.anonymous().add_passkey_with(input).await;

    started.assert_error("UNAUTHENTICATED");
    added.assert_error("UNAUTHENTICATED");
    assert_eq!(factors(&ann).await["passkeys"], json!([]));
}

#[tokio::test]
async fn adding_needs_a_recent_authentication() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    app.advance(TimeDelta::minutes(10));

    let reply = ann.start_passkey("REGISTER").await;

    reply.assert_error("STEP_UP_REQUIRED");
    let extensions = reply.at("/errors/0/extensions");
    assert_eq!(extensions["maxAge"], 600);
    assert_eq!(extensions["methods"], json!(["PASSWORD"]));
    let renewed = ann.reauthenticate(PASSWORD).await;
    let token = renewed.text("/data/reauthenticate/tokens/accessToken");
    ann.bearing(&token).start_passkey("REGISTER").await.ok();
}

#[tokio::test]
async fn session_without_the_existing_factor_adds_no_other() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let stolen = ann.login_again().await;
    let before = options(&stolen, "REGISTER").await;
    let enrolled = enrolled_secret(&stolen.enroll_totp(json!({})).await);
    let ann = add(&ann, &mut new_device()).await;

    let started = stolen.start_passkey("REGISTER").await;
    let created = new_device().create(&before).unwrap();
    let added = stolen.add_passkey_with(json!({ "passkey": created })).await;
    let code = json!({ "code": totp_code(&enrolled, app.now()) });
    let confirmed = stolen.confirm_totp(code).await;

    // The new factor ended what was being set up.
    confirmed.assert_user_error("ENROLLMENT_EXPIRED", &[]);
    for reply in [started, added] {
        reply.assert_error("STEP_UP_REQUIRED");
        let methods = reply.at("/errors/0/extensions/methods");
        assert_eq!(methods, &json!(["PASSKEY", "RECOVERY_CODE"]));
    }
    let listed = factors(&ann).await;
    assert_eq!(listed["totp"], Value::Null);
    assert_eq!(listed["passkeys"].as_array().unwrap().len(), 1);
}
