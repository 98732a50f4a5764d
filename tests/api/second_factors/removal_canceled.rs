//! What cancels the removal of lost factors.

use chrono::TimeDelta;
use gatehouse::config::Config;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp, WithApp, challenge_of};

const EMAIL: &str = "ann@example.org";
const CANCELED: &str = "The removal of your second factors was canceled";

/// Schedules the removal of Ann's factors.
async fn schedule(app: &TestApp, ann: &WithApp) {
    let challenge = ann.challenge(app).await;
    let client = app.anonymous();
    client.request_factor_removal(&challenge).await.ok();
    let link = app.last_mail_to(EMAIL).await.token("remove-factors");
    client.confirm_factor_removal(&link).await.ok();
    // The notice is sent.
    app.run_workers().await;
    app.advance(TimeDelta::seconds(30));
}

/// Lets the time of the removal pass, and asserts that Ann still needs her factor.
async fn assert_kept(app: &TestApp, password: &str) {
    app.advance(TimeDelta::days(8));
    app.run_workers().await;
    let login = app.anonymous().login(EMAIL, password).await;
    challenge_of(&login);
    let scheduled = login.at("/data/login/challenge/factorRemovalScheduledFor");
    assert!(scheduled.is_null());
}

#[tokio::test]
async fn a_sign_in_with_the_factor_cancels_it() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let again = ann.login_again(&app).await;
    let happened = again.event_types().await;
    assert!(happened.contains(&"SECOND_FACTOR_REMOVAL_CANCELLED".to_owned()));
    app.mail(EMAIL, CANCELED).await;
    let canceled = "factor_removals_total{step=\"canceled\"}";
    assert_eq!(app.metric(canceled).await, 1);
    assert_kept(&app, PASSWORD).await;
}

#[tokio::test]
async fn a_recovery_code_cancels_it() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let challenge = ann.challenge(&app).await;
    let proof = json!({ "recoveryCode": ann.recovery_codes[0] });
    app.anonymous().complete_login(&challenge, proof).await.ok();
    app.mail(EMAIL, CANCELED).await;
    assert_kept(&app, PASSWORD).await;
}

#[tokio::test]
async fn a_proof_in_a_session_cancels_it() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let proof = json!({ "totpCode": ann.code(&app) });
    ann.user.reauthenticate_with(proof).await.ok();
    assert_kept(&app, PASSWORD).await;
}

#[tokio::test]
async fn any_session_cancels_it_once() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    // Long after its last authentication.
    app.advance(TimeDelta::hours(3));
    let session = ann.user.refresh_session(&ann.user.refresh_token).await;
    let session = SignedUp::from_reply(&ann.user, &session);
    schedule(&app, &ann).await;
    let listed = session.second_factors().await;
    let at = listed.at("/data/me/secondFactors/removalScheduledFor");
    assert_eq!(at, "2027-01-22T11:00:30.000Z");
    let reply = session.cancel_factor_removal().await;
    let left = &reply.ok()["user"]["secondFactors"];
    assert!(left["removalScheduledFor"].is_null());
    assert!(!left["totp"].is_null());
    let again = session.cancel_factor_removal().await;
    again.assert_user_error("NO_REMOVAL_SCHEDULED", &[]);
    app.anonymous()
        .cancel_factor_removal()
        .await
        .assert_error("UNAUTHENTICATED");
    assert_kept(&app, PASSWORD).await;
}

#[tokio::test]
async fn the_notice_cancels_it_and_disables_the_password() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    app.advance(TimeDelta::days(8));
    schedule(&app, &ann).await;
    let notice = app.mail(EMAIL, "Your second factors will be removed").await;
    let client = app.anonymous();
    let link = notice.token("secure-account");
    client.secure_account(&link).await.ok();
    let canceled = "factor_removals_total{step=\"canceled\"}";
    assert_eq!(app.metric(canceled).await, 1);
    let login = client.login(EMAIL, PASSWORD).await;
    login.assert_user_error("INVALID_CREDENTIALS", &[]);
    let mail = app.mail(EMAIL, "Choose a new password to sign in again");
    let link = mail.await.token("reset-password");
    let new = "seven calm herons wade";
    client.reset_password(&link, new).await.ok();
    assert_kept(&app, new).await;
}

#[tokio::test]
async fn a_new_password_cancels_it() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let new = "seven calm herons wade";
    ann.user.change_password(PASSWORD, new).await.ok();
    app.mail(EMAIL, CANCELED).await;
    assert_kept(&app, new).await;
}

#[tokio::test]
async fn a_new_address_cancels_it() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let change = json!({ "email": "ann@example.com", "currentPassword": PASSWORD });
    ann.user.update_profile(change).await.ok();
    let link = app.last_mail_to("ann@example.com").await;
    let link = link.token("verify-email");
    app.anonymous().verify_email(&link).await.ok();
    app.advance(TimeDelta::days(8));
    app.run_workers().await;
    challenge_of(&app.anonymous().login("ann", PASSWORD).await);
}

#[tokio::test]
async fn an_operator_who_switches_it_off_cancels_what_is_scheduled() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let off = |config: &mut Config| config.factors.removal_delay = None;
    let later = app.second_instance_with(off).await;
    assert_kept(&later, PASSWORD).await;
    app.mail(EMAIL, CANCELED).await;
}

async fn execute(app: &TestApp, sql: &str) {
    let db = app.database.db_connect().await;
    let done = db.execute_unprepared(sql).await.unwrap();
    assert_eq!(done.rows_affected(), 1, "{sql}");
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_factor_used_on_a_version_that_knows_no_removals_is_kept() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let sql = "UPDATE totp_secrets SET last_used_at = '2027-01-20 08:00:00+00:00'";
    execute(&app, sql).await;
    assert_kept(&app, PASSWORD).await;
    app.mail(EMAIL, CANCELED).await;
}

#[tokio::test]
async fn another_password_of_a_version_that_knows_no_removals_keeps_the_factor() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    execute(&app, "UPDATE passwords SET version = user_id").await;
    assert_kept(&app, PASSWORD).await;
}

#[tokio::test]
async fn a_reset_of_the_password_cancels_it() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let client = app.anonymous();
    client.request_password_reset(EMAIL).await.ok();
    let link = app.last_mail_to(EMAIL).await.token("reset-password");
    client.reset_password(&link, PASSWORD).await.ok();
    app.mail(EMAIL, CANCELED).await;
    assert_kept(&app, PASSWORD).await;
}

#[tokio::test]
async fn another_factor_in_a_recent_session_cancels_it() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let codes = ann.user.regenerate_recovery_codes().await;
    codes.ok();
    app.mail(EMAIL, CANCELED).await;
    assert_kept(&app, PASSWORD).await;
}

#[tokio::test]
async fn a_link_from_before_the_cancellation_is_void() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    schedule(&app, &ann).await;
    let client = app.anonymous();
    let challenge = ann.challenge(&app).await;
    client.request_factor_removal(&challenge).await.ok();
    let link = app.last_mail_to(EMAIL).await.token("remove-factors");
    ann.user.cancel_factor_removal().await.ok();
    let reply = client.confirm_factor_removal(&link).await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn a_removal_of_which_the_owner_was_not_notified_does_not_take_place() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let client = app.anonymous();
    client.request_factor_removal(&challenge).await.ok();
    let link = app.last_mail_to(EMAIL).await.token("remove-factors");
    client.confirm_factor_removal(&link).await.ok();
    // Nothing is sent for longer than an email is tried.
    app.advance(TimeDelta::days(8));
    app.run_workers().await;
    app.run_workers().await;
    challenge_of(&client.login(EMAIL, PASSWORD).await);
    app.mail(EMAIL, CANCELED).await;
}
