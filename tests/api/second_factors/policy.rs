//! What the policy demands of accounts without a factor.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{
    PASSWORD, SignedUp, TestApp, WithApp, challenge_of, enrolled_secret, totp_code,
};

const REQUIRED: [(&str, &str); 2] = [
    ("GATEHOUSE_SECOND_FACTOR", "required"),
    ("GATEHOUSE_EMAIL_VERIFICATION", "off"),
];

async fn settings_of(app: &TestApp) -> serde_json::Value {
    let document = include_str!("../documents/auth_settings.graphql");
    let reply = app.anonymous().graphql(document, json!({})).await;
    reply.at("/data/authSettings").clone()
}

/// Sets up an app in a sign-in, and returns who is signed in by it.
async fn enroll(app: &TestApp, challenge: &str) -> (SignedUp, serde_json::Value) {
    let input = json!({ "challenge": challenge });
    let secret = enrolled_secret(&app.anonymous().enroll_totp(input).await);
    let code = totp_code(&secret, app.now());
    let input = json!({ "challenge": challenge, "code": code });
    let reply = app.anonymous().confirm_totp(input).await;
    (
        SignedUp::from_reply(&app.anonymous(), &reply),
        reply.ok().clone(),
    )
}

#[tokio::test]
async fn a_new_account_sets_up_a_factor_before_its_first_session() {
    let app = TestApp::with_settings(&REQUIRED, |_| {}).await;
    assert_eq!(settings_of(&app).await["secondFactor"], "REQUIRED");
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });

    let reply = app.anonymous().register(input).await;

    let registered = reply.ok();
    assert!(registered["session"].is_null() && registered["tokens"].is_null());
    assert_eq!(registered["challenge"]["methods"], json!([]));
    let challenge = reply.text("/data/register/challenge/token");
    let proof = json!({ "totpCode": "123456" });
    let skipped = app.anonymous().complete_login(&challenge, proof).await;
    skipped.assert_user_error("CHALLENGE_INVALID", &[]);
    let (ann, enrolled) = enroll(&app, &challenge).await;
    assert_eq!(enrolled["recoveryCodes"].as_array().unwrap().len(), 10);
    assert_eq!(enrolled["session"]["methods"], json!(["PASSWORD", "TOTP"]));
    let events = ann.event_types().await;
    let expected = [
        "RECOVERY_CODES_GENERATED",
        "TOTP_ADDED",
        "LOGIN_SUCCEEDED",
        "REGISTERED",
    ];
    assert_eq!(events, expected);
    let confirmed_twice = json!({ "challenge": challenge, "code": "000000" });
    let again = app.anonymous().confirm_totp(confirmed_twice).await;
    again.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
}

#[tokio::test]
async fn an_account_from_before_sets_one_up_at_its_next_sign_in() {
    let off = [("GATEHOUSE_EMAIL_VERIFICATION", "off")];
    let before = TestApp::with_settings(&off, |_| {}).await;
    let ann = before.signed_up("ann").await;
    let app = before
        .second_instance_with(|config| {
            config.factors.policy = gatehouse::config::SecondFactorPolicy::Required;
        })
        .await;
    // Neither another proof nor another password starts a session without a factor.
    let renewed = ann.at(app.api).reauthenticate(PASSWORD).await;
    renewed.assert_error("UNAUTHENTICATED");
    let changed = ann
        .at(app.api)
        .change_password(PASSWORD, "seven calm herons wade")
        .await;
    changed.assert_error("UNAUTHENTICATED");
    let refreshed = app.anonymous().refresh_session(&ann.refresh_token).await;
    refreshed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(!ann.is_signed_in().await);

    let login = app.anonymous().login("ann", PASSWORD).await;

    assert_eq!(login.at("/data/login/challenge/methods"), &json!([]));
    let (ann, _) = enroll(&app, &challenge_of(&login)).await;
    let refreshed = app.anonymous().refresh_session(&ann.refresh_token).await;
    refreshed.ok();
}

#[tokio::test]
async fn until_the_time_that_is_set_a_factor_is_only_encouraged() {
    let from = [(
        "GATEHOUSE_SECOND_FACTOR_REQUIRED_FROM",
        "2027-01-15T09:00:00Z",
    )];
    let settings: Vec<_> = REQUIRED.iter().chain(&from).copied().collect();
    let app = TestApp::with_settings(&settings, |_| {}).await;
    let shown = settings_of(&app).await;
    assert_eq!(shown["secondFactor"], "ENCOURAGED");
    assert_eq!(
        shown["secondFactorRequiredFrom"],
        "2027-01-15T09:00:00.000Z"
    );
    let ann = app.signed_up("ann").await;
    ann.login_again().await;
    app.advance(TimeDelta::hours(1));
    let shown = settings_of(&app).await;
    assert_eq!(shown["secondFactor"], "REQUIRED");
    assert!(shown["secondFactorRequiredFrom"].is_null());
    challenge_of(&app.anonymous().login("ann", PASSWORD).await);
}

#[tokio::test]
async fn the_last_factor_stays_where_one_is_required() {
    let app = TestApp::with_settings(&REQUIRED, |_| {}).await;
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let reply = app.anonymous().register(input).await;
    let (ann, _) = enroll(&app, &reply.text("/data/register/challenge/token")).await;
    let id = ann
        .second_factors()
        .await
        .text("/data/me/secondFactors/totp/id");
    let reply = ann.remove_factor(&id).await;
    reply.assert_user_error("LAST_SECOND_FACTOR", &["id"]);
    let listed = ann.second_factors().await;
    assert_eq!(listed.text("/data/me/secondFactors/totp/id"), id);
    assert_eq!(listed.at("/data/me/secondFactors/recoveryCodesLeft"), 10);
}

#[tokio::test]
async fn a_sign_in_that_must_enroll_cannot_once_the_account_has_a_factor() {
    let app = TestApp::with_settings(&REQUIRED, |_| {}).await;
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let first = app.anonymous().register(input).await;
    let first = first.text("/data/register/challenge/token");
    let second = app.anonymous().login("ann@example.org", PASSWORD).await;
    let second = challenge_of(&second);
    enroll(&app, &first).await;
    let late = app
        .anonymous()
        .enroll_totp(json!({ "challenge": second }))
        .await;
    late.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
}

#[tokio::test]
async fn without_a_policy_nothing_changes_for_accounts_without_a_factor() {
    let app = TestApp::start().await;
    let shown = settings_of(&app).await;
    assert_eq!(shown["secondFactor"], "OPTIONAL");
    assert_eq!(shown["passkeysEnabled"], true);
    let ann = app.signed_up("ann").await;
    ann.login_again().await;
    let ben = WithApp::register(&app, "ben").await;
    challenge_of(&app.anonymous().login(&ben.user.email, PASSWORD).await);
}
