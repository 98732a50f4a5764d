//! Recovery codes.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{SignedUp, TestApp, WithApp};

#[tokio::test]
async fn each_code_signs_in_once_and_the_owner_is_told_how_many_are_left() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    assert_eq!(ann.recovery_codes.len(), 10);
    let typed = ann.recovery_codes[3].to_lowercase().replace('-', " ");

    let challenge = ann.challenge(&app).await;
    let proof = json!({ "recoveryCode": typed });
    let reply = app
        .anonymous()
        .complete_login(&challenge, proof.clone())
        .await;

    let session = &reply.ok()["session"];
    assert_eq!(session["methods"], json!(["PASSWORD", "RECOVERY_CODE"]));
    let again = SignedUp::from_reply(&app.anonymous(), &reply);
    assert_eq!(
        again.event_types().await[..2],
        ["RECOVERY_CODE_USED", "LOGIN_SUCCEEDED"]
    );
    let left = again.second_factors().await;
    assert_eq!(left.at("/data/me/secondFactors/recoveryCodesLeft"), 9);
    let mail = app
        .mail("ann@example.org", "A recovery code was used")
        .await;
    assert!(mail.text.contains('9'), "{}", mail.text);
    let challenge = ann.challenge(&app).await;
    let reply = app.anonymous().complete_login(&challenge, proof).await;
    reply.assert_user_error("CODE_INVALID", &["recoveryCode"]);
}

#[tokio::test]
async fn new_codes_replace_the_earlier_ones() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;

    let reply = ann.user.regenerate_recovery_codes().await;

    let codes = reply.ok()["recoveryCodes"].as_array().unwrap().clone();
    assert_eq!(codes.len(), 10);
    let challenge = ann.challenge(&app).await;
    let old = json!({ "recoveryCode": ann.recovery_codes[0] });
    let refused = app.anonymous().complete_login(&challenge, old).await;
    refused.assert_user_error("CODE_INVALID", &["recoveryCode"]);
    let new = json!({ "recoveryCode": codes[0] });
    app.anonymous().complete_login(&challenge, new).await.ok();
    let events = ann.user.event_types().await;
    assert!(events.contains(&"RECOVERY_CODES_GENERATED".to_owned()));
    app.mail("ann@example.org", "New recovery codes were generated")
        .await;
}

#[tokio::test]
async fn without_a_factor_there_are_no_codes() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.regenerate_recovery_codes().await;
    reply.assert_user_error("NO_SECOND_FACTOR", &[]);
}

#[tokio::test]
async fn codes_do_not_outlive_the_factor() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let id = ann
        .user
        .second_factors()
        .await
        .text("/data/me/secondFactors/totp/id");
    ann.user.remove_factor(&id).await.ok();
    let enrolled = WithApp::enroll(&app, &ann.user).await;
    assert_eq!(enrolled.recovery_codes.len(), 10);
    let challenge = enrolled.challenge(&app).await;
    let old = json!({ "recoveryCode": ann.recovery_codes[0] });
    let reply = app.anonymous().complete_login(&challenge, old).await;
    reply.assert_user_error("CODE_INVALID", &["recoveryCode"]);
}

#[tokio::test]
async fn a_code_lets_a_lost_app_be_removed_without_proof_of_it() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    app.advance(TimeDelta::days(1));
    let challenge = ann.challenge(&app).await;
    let proof = json!({ "recoveryCode": ann.recovery_codes[0] });
    let reply = app.anonymous().complete_login(&challenge, proof).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &reply);
    let id = ann
        .second_factors()
        .await
        .text("/data/me/secondFactors/totp/id");
    ann.remove_factor(&id).await.ok();
    ann.login_again().await;
}
