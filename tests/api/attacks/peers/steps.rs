//! Procedures of several steps: none can be left out, swapped or repeated.

use gatehouse::config::EmailVerification::Required;
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp};

const NEW: &str = "seven teapots hum at dawn";

/// Of the right form, and never given out.
const MADE_UP: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

async fn reset_token(app: &TestApp) -> String {
    let nobody = app.anonymous();
    nobody.request_password_reset("ann@example.org").await.ok();
    let mail = app.mail("ann@example.org", "Choose a new password").await;
    mail.token("reset-password")
}

#[tokio::test]
async fn no_password_is_reset_without_the_link_in_the_mail() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let first = app.last_mail_to(&ann.email).await;
    let nobody = app.anonymous();
    let others = ["verify-email", "secure-account"].map(|page| first.token(page));
    for token in [MADE_UP, &others[0], &others[1], &ann.user_id, ""] {
        let reply = nobody.reset_password(token, NEW).await;
        reply.assert_user_error("TOKEN_INVALID", &["token"]);
    }
    nobody.request_password_reset(&ann.email).await.ok();
    let reply = nobody.reset_password(MADE_UP, NEW).await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
    assert!(ann.is_signed_in().await, "asking ends nothing");
    let early = nobody.login("ann", NEW).await;
    early.assert_user_error("INVALID_CREDENTIALS", &[]);
    nobody.login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_reset_is_done_once_and_no_other_way_round() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let nobody = app.anonymous();
    let (other, token) = (reset_token(&app).await, reset_token(&app).await);
    let refused = nobody.reset_password(&token, "short").await;
    refused.assert_user_error("PASSWORD_TOO_SHORT", &["newPassword"]);
    nobody.reset_password(&token, NEW).await.ok();
    for again in [&token, &other] {
        let reply = nobody
            .reset_password(again, "nine otters sleep on kelp")
            .await;
        reply.assert_user_error("TOKEN_INVALID", &["token"]);
        let reply = nobody.verify_email(again).await;
        reply.assert_user_error("TOKEN_INVALID", &["token"]);
    }
    nobody.login("ann", NEW).await.ok();
}

#[tokio::test]
async fn an_address_is_changed_by_asking_proving_and_confirming_in_that_order() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let lee = json!({ "email": "lee@example.org", "currentPassword": PASSWORD });
    let early = ann.verify_email(MADE_UP).await;
    early.assert_user_error("TOKEN_INVALID", &["token"]);
    let unproved = ann
        .update_profile(json!({ "email": "lee@example.org" }))
        .await;
    unproved.assert_user_error("CURRENT_PASSWORD_REQUIRED", &["currentPassword"]);
    assert_eq!(app.mails_to("lee@example.org").await.len(), 0);

    ann.update_profile(lee.clone()).await.ok();
    let first = app.last_mail_to("lee@example.org").await;
    ann.cancel_email_change().await.ok();
    let first = first.token("verify-email");
    let called_off = ann.verify_email(&first).await;
    called_off.assert_user_error("TOKEN_INVALID", &["token"]);
    ann.update_profile(lee).await.ok();
    let outdated = ann.verify_email(&first).await;
    outdated.assert_user_error("TOKEN_INVALID", &["token"]);
    assert_eq!(ann.me().await.text("/data/me/email"), "ann@example.org");

    let token = app.last_mail_to("lee@example.org").await;
    let token = token.token("verify-email");
    ann.verify_email(&token).await.ok();
    let again = ann.verify_email(&token).await;
    again.assert_user_error("TOKEN_INVALID", &["token"]);
    assert_eq!(ann.me().await.text("/data/me/email"), "lee@example.org");
}

#[tokio::test]
async fn a_deletion_is_canceled_only_by_its_own_link_and_once() {
    let app = TestApp::start().await;
    let mut ann = app.signed_up("ann").await;
    let nobody = app.anonymous();
    let mut used = vec![MADE_UP.to_owned()];
    for _ in 0..2 {
        let reply = ann.delete_account(PASSWORD, &ann.email).await;
        used.push(reply.text("/data/deleteAccount/deletion/receipt"));
        for token in &used {
            let reply = nobody.cancel_account_deletion(token).await;
            reply.assert_user_error("TOKEN_INVALID", &["token"]);
        }
        let pending = nobody.login("ann", PASSWORD).await;
        pending.assert_user_error("DELETION_PENDING", &[]);
        let subject = "Your account will be deleted";
        let token = app.mail(&ann.email, subject).await.token("cancel-deletion");
        nobody.cancel_account_deletion(&token).await.ok();
        used.push(token);
        let reply = nobody.login("ann", PASSWORD).await;
        ann = SignedUp::from_reply(&nobody, &reply);
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn where_an_address_must_be_verified_no_other_step_opens_a_session() {
    let app = TestApp::with(|config| config.accounts.email_verification = Required).await;
    let nobody = app.anonymous();
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let registered = nobody.register(input.clone()).await;
    assert_eq!(registered.ok()["tokens"], json!(null));
    for _ in 0..2 {
        let early = nobody.login("ann@example.org", PASSWORD).await;
        early.assert_user_error("EMAIL_NOT_VERIFIED", &[]);
    }
    let again = nobody.register(input).await;
    assert_eq!(again.body, registered.body);
    let refreshed = nobody.refresh_session(MADE_UP).await;
    refreshed.assert_user_error("TOKEN_INVALID", &["refreshToken"]);
    let mails = app.mails_to("ann@example.org").await;
    let link = mails.iter().find(|mail| mail.links_to("verify-email"));
    let verified = nobody
        .verify_email(&link.unwrap().token("verify-email"))
        .await;
    assert_eq!(verified.ok()["user"]["emailVerified"], true);
    assert!(
        !verified.body.to_string().contains("eyJ"),
        "a link signs nobody in"
    );
    nobody.login("ann@example.org", PASSWORD).await.ok();
}
