//! `cancelEmailChange`

use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn a_canceled_change_never_takes_effect() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let input = json!({ "email": "lee@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    let token = app
        .last_mail_to("lee@example.org")
        .await
        .token("verify-email");

    let reply = ann.cancel_email_change().await;

    assert_eq!(reply.ok()["user"]["pendingEmail"], json!(null));
    assert_eq!(ann.event_types().await[0], "EMAIL_CHANGE_CANCELLED");
    let late = ann.verify_email(&token).await;
    late.assert_user_error("TOKEN_INVALID", &["token"]);
    assert_eq!(ann.me().await.at("/data/me/email"), "ann@example.org");
}

#[tokio::test]
async fn a_link_whose_mail_is_not_written_yet_is_never_written() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let input = json!({ "email": "lee@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    ann.cancel_email_change().await.ok();
    assert!(app.mails_to("lee@example.org").await.is_empty());
}

#[tokio::test]
async fn without_a_change_there_is_nothing_to_call_off() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.cancel_email_change().await;
    reply.assert_user_error("NO_PENDING_CHANGE", &[]);
    let nobody = app.anonymous().cancel_email_change().await;
    nobody.assert_error("UNAUTHENTICATED");
}
