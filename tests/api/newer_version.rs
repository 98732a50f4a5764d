//! Rows and tokens that a newer version wrote, while this one still runs on the same database.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

/// Writes as a newer version would; every statement must change something.
async fn write(app: &TestApp, sql: &str) {
    let db = app.database.db_connect().await;
    let changed = db.execute_unprepared(sql).await.unwrap().rows_affected();
    assert!(changed > 0, "{sql}");
    db.close().await.unwrap();
}

#[tokio::test]
async fn an_unknown_security_event_is_shown_as_unknown_among_the_others() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.login_again().await;
    write(
        &app,
        "UPDATE security_events SET kind = 'PROVIDER_LINKED' WHERE kind = 'LOGIN_SUCCEEDED'",
    )
    .await;

    assert_eq!(ann.event_types().await, ["UNKNOWN", "REGISTERED"]);

    let exported = ann.export_data(PASSWORD).await;
    assert!(
        exported.body.to_string().contains("PROVIDER_LINKED"),
        "{}",
        exported.body
    );
    ann.login_again().await;
}

#[tokio::test]
async fn a_deletion_in_an_unknown_state_is_shown_and_left_alone() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.delete_account(PASSWORD, "ann@example.org").await;
    let receipt = reply.text("/data/deleteAccount/deletion/receipt");
    let notice = app
        .mail("ann@example.org", "Your account will be deleted")
        .await;
    write(&app, "UPDATE account_deletions SET status = 'ON_HOLD'").await;

    let found = app.anonymous().account_deletion(&receipt).await;
    assert_eq!(found.ok()["status"], "UNKNOWN");
    let token = notice.token("cancel-deletion");
    let refused = app.anonymous().cancel_account_deletion(&token).await;
    refused.assert_user_error("TOKEN_INVALID", &["token"]);
    app.advance(TimeDelta::hours(2));
    app.run_workers().await;
    let login = app.anonymous().login("ann", PASSWORD).await;
    login.assert_user_error("DELETION_PENDING", &[]);

    write(&app, "UPDATE account_deletions SET status = 'PENDING'").await;
    app.anonymous().cancel_account_deletion(&token).await.ok();
    app.anonymous().login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_link_with_an_unknown_effect_is_rejected_and_not_used_up() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let mail = app.last_mail_to("ann@example.org").await;
    let (verify, secure_account) = (mail.token("verify-email"), mail.token("secure-account"));
    write(&app, "UPDATE one_time_tokens SET effect = 'merge_accounts'").await;

    let refused = app.anonymous().secure_account(&secure_account).await;
    refused.assert_user_error("TOKEN_INVALID", &["token"]);
    let refused = app.anonymous().verify_email(&verify).await;
    refused.assert_user_error("TOKEN_INVALID", &["token"]);
    assert!(ann.is_signed_in().await, "nothing happened");
    app.anonymous().login("ann", PASSWORD).await.ok();

    write(&app, "UPDATE one_time_tokens SET effect = NULL").await;
    app.anonymous().verify_email(&verify).await.ok();
    app.anonymous().secure_account(&secure_account).await.ok();
}

#[tokio::test]
async fn a_link_of_an_unknown_purpose_is_rejected_and_not_used_up() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let verify = app
        .last_mail_to("ann@example.org")
        .await
        .token("verify-email");
    write(
        &app,
        "UPDATE one_time_tokens SET purpose = 'sign_in' WHERE purpose = 'verify_email'",
    )
    .await;

    let refused = app.anonymous().verify_email(&verify).await;
    refused.assert_user_error("TOKEN_INVALID", &["token"]);

    write(
        &app,
        "UPDATE one_time_tokens SET purpose = 'verify_email' WHERE purpose = 'sign_in'",
    )
    .await;
    app.anonymous().verify_email(&verify).await.ok();
}

#[tokio::test]
async fn a_mail_request_of_an_unknown_kind_is_left_to_the_newer_version() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.run_workers().await;
    ann.request_password_reset("ann@example.org").await.ok();
    write(&app, "UPDATE mail_requests SET kind = 'sign_in_link'").await;
    let before = app.mails().await.len();

    ann.request_password_reset("ann@example.org").await.ok();

    assert_eq!(app.mails().await.len(), before + 1, "the other is sent");
    write(
        &app,
        "UPDATE mail_requests SET kind = 'reset_password' WHERE kind = 'sign_in_link'",
    )
    .await;
    assert_eq!(app.mails().await.len(), before + 2);
}

#[tokio::test]
async fn a_session_with_an_unknown_rotation_note_is_refreshed() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let first = app.anonymous().refresh_session(&ann.refresh_token).await;
    write(
        &app,
        "UPDATE sessions SET recent_rotations = 'v2:x ' || recent_rotations",
    )
    .await;

    let again = app.anonymous().refresh_session(&ann.refresh_token).await;
    assert_eq!(
        again.ok()["tokens"]["refreshToken"],
        first.ok()["tokens"]["refreshToken"]
    );
    let newest = first.text("/data/refreshSession/tokens/refreshToken");
    app.anonymous().refresh_session(&newest).await.ok();
}

#[tokio::test]
async fn a_signing_key_of_an_unknown_algorithm_does_not_keep_the_others_from_use() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    write(
        &app,
        "INSERT INTO signing_keys (kid, algorithm, public_key, sealed_private_key, created_at, signs_from) \
         SELECT 'future', 'ML-DSA-44', public_key, sealed_private_key, created_at, signs_from FROM signing_keys",
    )
    .await;

    let app = app.restart().await;

    let me = app.anonymous().bearing(&ann.access_token).me().await;
    assert_eq!(me.text("/data/me/id"), ann.user_id);
    assert!(app.signed_up("bob").await.is_signed_in().await);
    let keys: serde_json::Value = reqwest::get(app.url("/.well-known/jwks.json"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn columns_that_a_newer_version_added_are_left_alone() {
    let app = TestApp::start().await;
    let db = app.database.db_connect().await;
    for table in [
        "users",
        "sessions",
        "security_events",
        "signing_keys",
        "one_time_tokens",
        "account_deletions",
        "outbox",
        "mail_requests",
    ] {
        db.execute_unprepared(&format!("ALTER TABLE {table} ADD COLUMN future TEXT"))
            .await
            .unwrap();
        db.execute_unprepared(&format!("UPDATE {table} SET future = 'x'"))
            .await
            .unwrap();
    }
    db.close().await.unwrap();

    let ann = app.signed_up("ann").await;
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    assert_eq!(reply.payload()["userErrors"], json!([]));
    app.last_mail_to("ann@example.org").await;
    ann.delete_account(PASSWORD, "ann@example.org").await.ok();
    app.advance(TimeDelta::hours(2));
    app.run_workers().await;
    let gone = app.anonymous().login("ann", PASSWORD).await;
    gone.assert_user_error("INVALID_CREDENTIALS", &[]);
}
