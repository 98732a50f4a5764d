//! Losing a factor, and taking an account back from somebody who added one.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{Mail, PASSWORD, SignedUp, TestApp, WithApp, challenge_of};

/// Requests a link to reset Ann's password, and follows it.
async fn reset_password(app: &TestApp, password: &str) {
    let client = app.anonymous();
    client.request_password_reset("ann@example.org").await.ok();
    follow_reset(app, password).await;
}

/// Follows the link "This was not me" of a notice to Ann, and the one that it emails to choose a new password.
async fn take_back(app: &TestApp, notice: &Mail) {
    let token = notice.token("secure-account");
    app.anonymous().secure_account(&token).await.ok();
    follow_reset(app, PASSWORD).await;
}

async fn follow_reset(app: &TestApp, password: &str) {
    let mail = app.last_mail_to("ann@example.org").await;
    let token = mail.token("reset-password");
    app.anonymous().reset_password(&token, password).await.ok();
}

#[tokio::test]
async fn a_notice_takes_back_the_factor_that_it_reports_and_later_ones() {
    let app = TestApp::start().await;
    let thief = app.signed_up("ann").await;
    thief.verify_address(&app).await;
    WithApp::enroll(&app, &thief).await;
    let added = app
        .mail(
            "ann@example.org",
            "A second factor was added to your account",
        )
        .await;

    take_back(&app, &added).await;
    let login = app.anonymous().login("ann", PASSWORD).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &login);
    let left = ann.second_factors().await;
    assert!(left.at("/data/me/secondFactors/totp").is_null());
    assert_eq!(left.at("/data/me/secondFactors/recoveryCodesLeft"), 0);
}

#[tokio::test]
async fn an_earlier_notice_takes_back_a_factor_that_was_added_after_it() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.verify_address(&app).await;
    let thief = app.anonymous().with_user_agent("curl/8.14.1");
    let login = thief.login("ann", PASSWORD).await;
    let thief = SignedUp::from_reply(&thief, &login);
    let notice = app
        .mail("ann@example.org", "New sign-in to your account")
        .await;
    app.advance(TimeDelta::minutes(1));
    WithApp::enroll(&app, &thief).await;
    take_back(&app, &notice).await;
    app.anonymous().login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_stolen_mailbox_does_not_strip_a_factor_that_is_older_than_the_notice() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    app.advance(TimeDelta::days(1));
    reset_password(&app, "seven calm herons wade").await;
    let notice = app
        .mail("ann@example.org", "Your password was changed")
        .await;
    take_back(&app, &notice).await;
    let challenge = challenge_of(&app.anonymous().login("ann", PASSWORD).await);
    let proof = json!({ "recoveryCode": ann.recovery_codes[0] });
    app.anonymous().complete_login(&challenge, proof).await.ok();
}

#[tokio::test]
async fn codes_that_a_thief_generated_are_taken_back_and_the_factor_stays() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    // The link of the notice about the app has expired.
    app.advance(TimeDelta::days(8));
    let thief = ann.login_again(&app).await;
    let generated = thief.regenerate_recovery_codes().await;
    let notice = app
        .mail("ann@example.org", "New recovery codes were generated")
        .await;
    take_back(&app, &notice).await;
    let login = app.anonymous().login("ann", PASSWORD).await;
    assert_eq!(login.at("/data/login/challenge/methods"), &json!(["TOTP"]));
    let challenge = challenge_of(&login);
    let stolen = json!({ "recoveryCode": generated.ok()["recoveryCodes"][0] });
    let reply = app.anonymous().complete_login(&challenge, stolen).await;
    reply.assert_user_error("CODE_INVALID", &["recoveryCode"]);
    app.advance(TimeDelta::seconds(30));
    let proof = json!({ "totpCode": ann.code(&app) });
    app.anonymous().complete_login(&challenge, proof).await.ok();
}

#[tokio::test]
async fn the_newest_notice_takes_back_a_factor_that_an_earlier_one_reported() {
    let app = TestApp::start().await;
    let thief = app.signed_up("ann").await;
    thief.verify_address(&app).await;
    let thief = WithApp::enroll(&app, &thief).await;
    app.advance(TimeDelta::minutes(1));
    let new = "seven calm herons wade";
    thief.user.change_password(PASSWORD, new).await.ok();
    let newest = app
        .mail("ann@example.org", "Your password was changed")
        .await;
    take_back(&app, &newest).await;
    app.anonymous().login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_factor_of_a_stranger_who_registered_the_address_ends_when_its_owner_proves_it() {
    let off = [("GATEHOUSE_EMAIL_VERIFICATION", "off")];
    let before = TestApp::with_settings(&off, |_| {}).await;
    let squatter = before.signed_up("ann").await;
    WithApp::enroll(&before, &squatter).await;
    let app = before
        .second_instance_with(|config| {
            config.accounts.email_verification = gatehouse::config::EmailVerification::Optional;
        })
        .await;
    reset_password(&app, "seven calm herons wade").await;
    app.anonymous()
        .login("ann", "seven calm herons wade")
        .await
        .ok();
}
