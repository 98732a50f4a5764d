//! `resetPassword`

use chrono::TimeDelta;
use gatehouse::config::EmailVerification::Required;
use serde_json::json;

use crate::support::{PASSWORD, TestApp, winners};

const NEW: &str = "seven teapots hum at dawn";

async fn token(app: &TestApp, email: &str) -> String {
    app.anonymous().request_password_reset(email).await.ok();
    app.mail(email, "Choose a new password")
        .await
        .token("reset-password")
}

#[tokio::test]
async fn the_link_takes_a_new_password_and_ends_all_that_was_before() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let verification = app.last_mail_to("ann@example.org").await;
    let token = token(&app, "ann@example.org").await;

    let reply = app.anonymous().reset_password(&token, NEW).await;

    assert_eq!(reply.ok()["user"]["email"], "ann@example.org");
    assert!(
        !reply.body.to_string().contains("eyJ"),
        "nobody is signed in by it"
    );
    assert!(!ann.is_signed_in().await);
    let refresh = app.anonymous().refresh_session(&ann.refresh_token).await;
    refresh.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    let old = app.anonymous().login("ann", PASSWORD).await;
    old.assert_user_error("INVALID_CREDENTIALS", &[]);
    app.anonymous().login("ann", NEW).await.ok();
    let again = app.anonymous().reset_password(&token, NEW).await;
    again.assert_user_error("TOKEN_INVALID", &["token"]);
    let other = verification.token("verify-email");
    let other = app.anonymous().verify_email(&other).await;
    other.assert_user_error("TOKEN_INVALID", &["token"]);
    let secure_account = verification.token("secure-account");
    let secure_account = app.anonymous().secure_account(&secure_account).await;
    secure_account.assert_user_error("TOKEN_INVALID", &["token"]);
    let notice = app.mails_to("ann@example.org").await;
    assert!(
        notice
            .iter()
            .any(|mail| mail.subject == "Your password was changed")
    );
}

#[tokio::test]
async fn it_is_recorded_and_verifies_the_address() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let token = token(&app, "ann@example.org").await;
    app.advance(TimeDelta::minutes(1));
    app.anonymous().reset_password(&token, NEW).await.ok();
    app.advance(TimeDelta::minutes(1));
    let reply = app.anonymous().login("ann", NEW).await;
    assert_eq!(reply.ok()["user"]["emailVerified"], true);
    let ann = app
        .anonymous()
        .bearing(&reply.text("/data/login/tokens/accessToken"));
    let mut events = ann.event_types().await;
    events[1..3].sort();
    let expected = [
        "LOGIN_SUCCEEDED",
        "EMAIL_VERIFIED",
        "PASSWORD_RESET",
        "PASSWORD_RESET_REQUESTED",
    ];
    assert_eq!(events[..4], expected);
}

#[tokio::test]
async fn an_account_registered_by_a_stranger_is_worth_nothing_to_them() {
    let app = TestApp::with(|config| config.accounts.email_verification = Required).await;
    let input = json!({ "email": "victim@example.org", "password": PASSWORD });
    app.anonymous().register(input).await.ok();
    let unverified = app.anonymous().login("victim@example.org", PASSWORD).await;
    unverified.assert_user_error("EMAIL_NOT_VERIFIED", &[]);
    let token = token(&app, "victim@example.org").await;

    app.anonymous().reset_password(&token, NEW).await.ok();

    app.anonymous().login("victim@example.org", NEW).await.ok();
    let attacker = app.anonymous().login("victim@example.org", PASSWORD).await;
    attacker.assert_user_error("INVALID_CREDENTIALS", &[]);
}

#[tokio::test]
async fn a_pending_email_change_is_canceled() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let input = json!({ "email": "eve@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    let change = app
        .last_mail_to("eve@example.org")
        .await
        .token("verify-email");
    let token = token(&app, "ann@example.org").await;
    app.anonymous().reset_password(&token, NEW).await.ok();
    let late = app.anonymous().verify_email(&change).await;
    late.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn a_link_ends_after_half_an_hour_and_with_the_address_it_went_to() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let outlived = token(&app, "ann@example.org").await;
    app.advance(TimeDelta::minutes(30));
    let reply = app.anonymous().reset_password(&outlived, NEW).await;
    reply.assert_user_error("TOKEN_EXPIRED", &["token"]);

    let ann = ann.login_again().await;
    let elsewhere = token(&app, "ann@example.org").await;
    let input = json!({ "email": "lee@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    let change = app
        .last_mail_to("lee@example.org")
        .await
        .token("verify-email");
    ann.verify_email(&change).await.ok();
    let reply = app.anonymous().reset_password(&elsewhere, NEW).await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn a_changed_password_voids_the_link() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let token = token(&app, "ann@example.org").await;
    ann.change_password(PASSWORD, NEW).await.ok();
    let reply = app
        .anonymous()
        .reset_password(&token, "nine otters sleep on kelp")
        .await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn the_new_password_meets_the_policy_and_a_rejected_one_keeps_the_link() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let token = token(&app, "ann@example.org").await;
    for (password, code) in [
        ("short", "PASSWORD_TOO_SHORT"),
        (&"long ".repeat(30), "PASSWORD_TOO_LONG"),
        ("tab\tin the password", "PASSWORD_INVALID"),
        ("ann@example.org", "PASSWORD_TOO_WEAK"),
        ("1234567890", "PASSWORD_COMPROMISED"),
    ] {
        let reply = app.anonymous().reset_password(&token, password).await;
        reply.assert_user_error(code, &["newPassword"]);
    }
    let both = app.anonymous().reset_password("nonsense", "short").await;
    both.assert_user_errors(&[
        ("TOKEN_INVALID", &["token"]),
        ("PASSWORD_TOO_SHORT", &["newPassword"]),
    ]);
    app.anonymous().reset_password(&token, NEW).await.ok();
}

#[tokio::test]
async fn an_invalid_link_causes_no_password_hash() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let used = token(&app, "ann@example.org").await;
    app.anonymous().reset_password(&used, NEW).await.ok();
    let hashes = app.hashes().await;
    let made_up = "A".repeat(43);
    for token in [&*used, &*made_up, "", "nonsense"] {
        let reply = app.anonymous().reset_password(token, NEW).await;
        reply.assert_user_error("TOKEN_INVALID", &["token"]);
    }
    assert_eq!(app.hashes().await, hashes);
}

#[tokio::test]
async fn a_link_works_once_however_many_use_it_together() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let other = app.second_instance().await;
    let token = token(&app, "ann@example.org").await;
    let attempts: Vec<_> = (0..20)
        .map(|n| {
            let client = if n % 2 == 0 {
                app.anonymous()
            } else {
                other.anonymous()
            };
            let token = token.clone();
            tokio::spawn(async move {
                client
                    .reset_password(&token, &format!("seven teapots hum at dawn {n}"))
                    .await
            })
        })
        .collect();
    assert_eq!(winners(attempts, "TOKEN_INVALID", &["token"]).await, 1);
}
