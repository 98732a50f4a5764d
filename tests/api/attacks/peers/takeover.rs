//! Accounts that somebody else made, or had for a while.

use gatehouse::config::EmailVerification::{Off, Optional};
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp};

const NEW: &str = "seven teapots hum at dawn";

/// Asserts that both credentials of `user` are rejected on all instances.
async fn assert_is_out(user: &SignedUp, instances: &[&TestApp], why: &str) {
    for app in instances {
        let there = app.anonymous().bearing(&user.access_token);
        there.me().await.assert_error("UNAUTHENTICATED");
        let refreshed = app.anonymous().refresh_session(&user.refresh_token).await;
        let code = refreshed.text("/data/refreshSession/userErrors/0/code");
        assert_eq!(code, "SESSION_REVOKED", "{why}");
    }
}

#[tokio::test]
async fn an_account_made_with_a_victim_s_address_is_lost_when_the_victim_resets_it() {
    for mode in [Off, Optional] {
        let app = TestApp::with(|config| config.accounts.email_verification = mode).await;
        let attacker = app.signed_up("victim").await;
        let phone = attacker.login_again().await;
        let mut change = None;
        if mode == Optional {
            let input = json!({ "email": "evil@example.com", "currentPassword": PASSWORD });
            attacker.update_profile(input).await.ok();
            let mail = app.last_mail_to("evil@example.com").await;
            change = Some(mail.token("verify-email"));
        }
        let owner = app.anonymous();
        owner
            .request_password_reset("victim@example.org")
            .await
            .ok();
        let mail = app
            .mail("victim@example.org", "Choose a new password")
            .await;
        let token = mail.token("reset-password");

        let reply = owner.reset_password(&token, NEW).await;

        let user = &reply.ok()["user"];
        assert_eq!(user["pendingEmail"], json!(null));
        assert_is_out(&attacker, &[&app], "the attacker's first session").await;
        assert_is_out(&phone, &[&app], "the attacker's other session").await;
        for identifier in ["victim@example.org", "victim"] {
            let reply = owner.login(identifier, PASSWORD).await;
            reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        }
        if let Some(change) = change {
            let late = owner.verify_email(&change).await;
            late.assert_user_error("TOKEN_INVALID", &["token"]);
        }
        owner.login("victim@example.org", NEW).await.ok();
    }
}

#[tokio::test]
async fn a_revoked_session_ends_at_once_on_every_instance() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let instances = [&app, &other];

    let ann = app.signed_up("ann").await;
    assert!(ann.at(other.api).me().await.at("/data/me/id").is_string());
    ann.delete_account(PASSWORD, &ann.email).await.ok();
    assert_is_out(&ann, &instances, "its deletion is pending").await;

    let bob = app.signed_up("bob").await;
    assert!(bob.at(other.api).me().await.at("/data/me/id").is_string());
    bob.update_profile(json!({ "username": "bobby" }))
        .await
        .ok();
    let notice = app.mail(&bob.email, "Your username was changed").await;
    let token = notice.token("secure-account");
    app.anonymous().secure_account(&token).await.ok();
    assert_is_out(&bob, &instances, "its password is off").await;

    let cid = app.signed_up("cid").await;
    assert!(cid.at(other.api).me().await.at("/data/me/id").is_string());
    app.anonymous()
        .request_password_reset(&cid.email)
        .await
        .ok();
    let mail = app.mail(&cid.email, "Choose a new password").await;
    let token = mail.token("reset-password");
    other.anonymous().reset_password(&token, NEW).await.ok();
    assert_is_out(&cid, &instances, "its password was reset").await;
}
