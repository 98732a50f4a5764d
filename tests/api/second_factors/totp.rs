//! Setting up an authenticator app.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{
    PASSWORD, SignedUp, TestApp, WithApp, challenge_of, db_dump, enrolled_secret, totp_code,
};

async fn verified(app: &TestApp, name: &str) -> SignedUp {
    let user = app.signed_up(name).await;
    user.verify_address(app).await;
    user
}

#[tokio::test]
async fn an_app_counts_once_its_first_code_was_entered() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;

    let started = ann.enroll_totp(json!({})).await;

    let secret = enrolled_secret(&started);
    let enrollment = &started.ok()["enrollment"];
    let uri = enrollment["uri"].as_str().unwrap();
    assert!(
        uri.starts_with("otpauth://totp/Gatehouse:ann%40example.org?"),
        "{uri}"
    );
    assert!(uri.contains(&format!("secret={secret}")), "{uri}");
    let image = enrollment["qrCode"].as_str().unwrap();
    assert!(image.starts_with("data:image/svg+xml"), "{image}");
    assert_eq!(enrollment["expiresAt"], "2027-01-15T08:10:00.000Z");
    assert!(
        ann.second_factors()
            .await
            .at("/data/me/secondFactors/totp")
            .is_null()
    );
    ann.login_again().await;

    let code = totp_code(&secret, app.now());
    let confirmed = ann.confirm_totp(json!({ "code": code })).await;

    assert_eq!(
        confirmed.ok()["session"]["methods"],
        json!(["PASSWORD", "TOTP"])
    );
    assert_eq!(
        confirmed.ok()["recoveryCodes"].as_array().unwrap().len(),
        10
    );
    ann.me().await.assert_error("UNAUTHENTICATED");
    let ann = SignedUp::from_reply(&ann, &confirmed);
    let listed = ann.second_factors().await;
    let totp = listed.at("/data/me/secondFactors/totp");
    assert_eq!(totp["confirmedAt"], "2027-01-15T08:00:00.000Z");
    assert!(totp["lastUsedAt"].is_null());
    assert_eq!(listed.at("/data/me/secondFactors/recoveryCodesLeft"), 10);
    let events = ann.event_types().await;
    assert_eq!(events[..2], ["RECOVERY_CODES_GENERATED", "TOTP_ADDED"]);
    let mail = app.last_mail_to("ann@example.org").await;
    assert!(mail.text.contains("Authenticator app"), "{}", mail.text);
    assert!(mail.links_to("secure-account"));
}

#[tokio::test]
async fn a_wrong_code_confirms_nothing_and_the_secret_stays() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let secret = enrolled_secret(&ann.enroll_totp(json!({})).await);
    for wrong in ["000000", "", "12345", "1234567", "not a code"] {
        let reply = ann.confirm_totp(json!({ "code": wrong })).await;
        reply.assert_user_error("CODE_INVALID", &["code"]);
    }
    app.advance(TimeDelta::minutes(9));
    let code = totp_code(&secret, app.now());
    let spaced = format!(" {} {}", &code[..3], &code[3..]);
    ann.confirm_totp(json!({ "code": spaced })).await.ok();
}

#[tokio::test]
async fn a_secret_can_be_confirmed_for_ten_minutes_in_its_session() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let phone = ann.login_again().await;
    let secret = enrolled_secret(&ann.enroll_totp(json!({})).await);
    let code = totp_code(&secret, app.now());
    let elsewhere = phone.confirm_totp(json!({ "code": code })).await;
    elsewhere.assert_user_error("ENROLLMENT_EXPIRED", &[]);
    app.advance(TimeDelta::minutes(10));
    let code = totp_code(&secret, app.now());
    let late = ann.confirm_totp(json!({ "code": code })).await;
    late.assert_user_error("ENROLLMENT_EXPIRED", &[]);
    app.run_workers().await;
    let dump = db_dump(&app).await;
    assert!(
        !dump.contains("totp_secrets:"),
        "an abandoned secret is kept"
    );
}

#[tokio::test]
async fn a_new_app_replaces_the_one_in_use_when_it_is_confirmed() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let secret = enrolled_secret(&ann.user.enroll_totp(json!({})).await);
    assert_ne!(secret, ann.secret);
    ann.login_again(&app).await;
    app.advance(TimeDelta::seconds(30));

    let code = totp_code(&secret, app.now());
    let confirmed = ann.user.confirm_totp(json!({ "code": code })).await;

    assert!(confirmed.ok()["recoveryCodes"].is_null(), "the codes stay");
    app.advance(TimeDelta::seconds(30));
    let challenge = ann.challenge(&app).await;
    let old = json!({ "totpCode": ann.code(&app) });
    let reply = app.anonymous().complete_login(&challenge, old).await;
    reply.assert_user_error("CODE_INVALID", &["totpCode"]);
    let new = json!({ "totpCode": totp_code(&secret, app.now()) });
    app.anonymous().complete_login(&challenge, new).await.ok();
}

#[tokio::test]
async fn the_confirming_code_signs_nobody_in() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let secret = enrolled_secret(&ann.enroll_totp(json!({})).await);
    let code = totp_code(&secret, app.now());
    ann.confirm_totp(json!({ "code": code })).await.ok();
    let challenge = app.anonymous().login(&ann.email, PASSWORD).await;
    let challenge = challenge_of(&challenge);
    let reply = app
        .anonymous()
        .complete_login(&challenge, json!({ "totpCode": code }))
        .await;
    reply.assert_user_error("CODE_ALREADY_USED", &["totpCode"]);
}

#[tokio::test]
async fn an_address_has_to_be_verified_first() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.enroll_totp(json!({})).await;
    reply.assert_user_error("EMAIL_NOT_VERIFIED", &[]);
    let off = [("GATEHOUSE_EMAIL_VERIFICATION", "off")];
    let app = TestApp::with_settings(&off, |_| {}).await;
    let ben = app.signed_up("ben").await;
    ben.enroll_totp(json!({})).await.ok();
}

#[tokio::test]
async fn removing_the_last_factor_takes_codes_and_methods_along() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let other = ann.login_again(&app).await;
    let listed = ann.user.second_factors().await;
    let id = listed.text("/data/me/secondFactors/totp/id");

    let reply = ann
        .user
        .remove_factor_with(json!({ "id": id, "revokeOtherSessions": false }))
        .await;

    let factors = &reply.ok()["user"]["secondFactors"];
    assert_eq!(
        *factors,
        json!({ "totp": null, "passkeys": [], "recoveryCodesLeft": 0 })
    );
    for session in [&ann.user, &other] {
        assert!(session.is_signed_in().await);
        let sessions = session
            .sessions(json!({ "first": 10 }))
            .await
            .body
            .to_string();
        assert!(!sessions.contains("TOTP"), "{sessions}");
    }
    assert_eq!(ann.user.event_types().await[0], "TOTP_REMOVED");
    let refreshed = app.anonymous().refresh_session(&other.refresh_token).await;
    refreshed.ok();
    ann.user.login_again().await;
    let again = ann.user.remove_factor(&id).await;
    again.assert_user_error("FACTOR_NOT_FOUND", &["id"]);
    let nonsense = ann.user.remove_factor("nonsense").await;
    nonsense.assert_user_error("FACTOR_NOT_FOUND", &["id"]);
}

#[tokio::test]
async fn removing_a_factor_revokes_the_other_sessions_unless_told_otherwise() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let other = ann.login_again(&app).await;
    let listed = ann.user.second_factors().await;
    let id = listed.text("/data/me/secondFactors/totp/id");
    let reply = ann.user.remove_factor(&id).await;
    assert_eq!(reply.ok()["revokedSessionCount"], 1);
    assert!(!other.is_signed_in().await);
}

#[tokio::test]
async fn a_factor_of_another_account_is_not_found() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let ben = WithApp::register(&app, "ben").await;
    let id = ann
        .user
        .second_factors()
        .await
        .text("/data/me/secondFactors/totp/id");
    let reply = ben.user.remove_factor(&id).await;
    reply.assert_user_error("FACTOR_NOT_FOUND", &["id"]);
    ann.login_again(&app).await;
}

#[tokio::test]
async fn neither_secret_nor_codes_are_stored_as_they_are() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let dump = db_dump(&app).await;
    let secrets = ann.recovery_codes.iter().chain([&ann.secret, &challenge]);
    for secret in secrets {
        let secret = secret.to_lowercase();
        assert!(!dump.contains(&secret), "{secret}");
        assert!(!dump.contains(&secret.replace('-', "")), "{secret}");
    }
}
