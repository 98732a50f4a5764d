//! `requestEmailVerification`

use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn signed_in_it_mails_another_link_and_voids_the_first() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let first = app
        .last_mail_to("ann@example.org")
        .await
        .token("verify-email");

    ann.request_email_verification(json!({})).await.ok();

    let second = app
        .last_mail_to("ann@example.org")
        .await
        .token("verify-email");
    let reply = ann.verify_email(&first).await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
    ann.verify_email(&second).await.ok();
    let verified = ann.request_email_verification(json!({})).await;
    verified.assert_user_error("ALREADY_VERIFIED", &["email"]);
    let named = ann
        .request_email_verification(json!({ "email": "ANN@example.org" }))
        .await;
    named.assert_user_error("ALREADY_VERIFIED", &["email"]);
}

#[tokio::test]
async fn the_address_that_a_change_waits_for_comes_first() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let input = json!({ "email": "lee@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    let old = app.mails_to("ann@example.org").await.len();

    ann.request_email_verification(json!({})).await.ok();
    ann.request_email_verification(json!({ "email": "LEE@example.org" }))
        .await
        .ok();

    assert_eq!(app.mails_to("lee@example.org").await.len(), 3);
    assert_eq!(app.mails_to("ann@example.org").await.len(), old);
    ann.request_email_verification(json!({ "email": "ann@example.org" }))
        .await
        .ok();
    assert_eq!(app.mails_to("ann@example.org").await.len(), old + 1);
}

#[tokio::test]
async fn signed_out_it_says_the_same_for_every_address() {
    let app = TestApp::start().await;
    app.signed_up("ann").await.verify_address(&app).await;
    app.signed_up("bob").await;
    let before = app.mails().await.len();

    let mut replies = Vec::new();
    for email in ["ann@example.org", "bob@example.org", "zoe@example.org"] {
        let reply = app
            .anonymous()
            .request_email_verification(json!({ "email": email }))
            .await;
        reply.ok();
        replies.push(reply.body);
    }

    assert!(replies.iter().all(|reply| *reply == replies[0]));
    let mails = app.mails().await;
    assert_eq!(
        mails.len(),
        before + 1,
        "only who is not verified is written to"
    );
    assert_eq!(mails[before].to, "bob@example.org");
}

#[tokio::test]
async fn another_s_address_is_answered_as_if_signed_out() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.signed_up("bob").await.verify_address(&app).await;
    ann.request_email_verification(json!({ "email": "bob@example.org" }))
        .await
        .ok();
}

#[tokio::test]
async fn an_invalid_address_is_rejected_and_a_missing_one_is_unauthenticated() {
    let app = TestApp::start().await;
    let reply = app
        .anonymous()
        .request_email_verification(json!({ "email": "ann" }))
        .await;
    reply.assert_user_error("EMAIL_INVALID", &["email"]);
    let nobody = app.anonymous().request_email_verification(json!({})).await;
    nobody.assert_error("UNAUTHENTICATED");
}

#[tokio::test]
async fn a_stranger_voids_no_link_to_another_address() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let input = json!({ "email": "lee@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    let change = app
        .last_mail_to("lee@example.org")
        .await
        .token("verify-email");
    let stranger = app.anonymous();
    stranger
        .request_email_verification(json!({ "email": "ann@example.org" }))
        .await
        .ok();
    app.run_workers().await;
    ann.verify_email(&change).await.ok();
}

#[tokio::test]
async fn requests_of_a_newer_version_block_nothing() {
    use sea_orm::ConnectionTrait;
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let db = app.database.db_connect().await;
    let newer = "INSERT INTO mail_requests (id, kind, requested_at) \
                 SELECT id, 'of a newer version', created_at FROM users";
    db.execute_unprepared(newer).await.unwrap();
    assert_eq!(app.mails_to("ann@example.org").await.len(), 1);
}
