//! `verifyEmail`

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp, winners};

/// Returns Ann, with a pending email change to `lee@example.org`, and the token of its link.
async fn changing(app: &TestApp) -> (SignedUp, String) {
    let ann = app.signed_up("ann").await;
    let input = json!({ "email": "Lee@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    let token = app
        .last_mail_to("Lee@example.org")
        .await
        .token("verify-email");
    (ann, token)
}

#[tokio::test]
async fn the_link_in_the_first_mail_verifies_the_address() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    assert_eq!(ann.me().await.at("/data/me/emailVerified"), false);
    let token = app
        .last_mail_to("ann@example.org")
        .await
        .token("verify-email");

    let reply = app.anonymous().verify_email(&token).await;

    assert_eq!(reply.ok()["user"]["emailVerified"], true);
    assert_eq!(ann.me().await.at("/data/me/emailVerified"), true);
    assert!(
        ann.is_signed_in().await,
        "the first verification ends no session"
    );
    assert_eq!(ann.event_types().await[0], "EMAIL_VERIFIED");
    let again = app.anonymous().verify_email(&token).await;
    again.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn an_emailed_link_gives_no_access_to_the_history() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let token = app
        .last_mail_to("ann@example.org")
        .await
        .token("verify-email");
    let document = "mutation($token: String!) { verifyEmail(input: { token: $token }) { \
        user { email sessions { nodes { ipAddress } } } userErrors { code } } }";
    let reply = app
        .anonymous()
        .graphql(document, json!({ "token": token }))
        .await;
    reply.assert_error("UNAUTHENTICATED");
    assert!(
        !reply.body.to_string().contains("ipAddress"),
        "{}",
        reply.body
    );
}

#[tokio::test]
async fn a_change_takes_effect_with_its_link_and_ends_what_was_before() {
    let app = TestApp::start().await;
    let (ann, token) = changing(&app).await;
    let phone = ann.login_again().await;

    let reply = ann.verify_email(&token).await;

    let user = &reply.ok()["user"];
    assert_eq!(user["email"], "Lee@example.org");
    assert_eq!(
        (&user["emailVerified"], &user["pendingEmail"]),
        (&json!(true), &json!(null))
    );
    assert!(
        ann.is_signed_in().await,
        "the session that confirms goes on"
    );
    assert!(!phone.is_signed_in().await, "the others end");
    app.anonymous()
        .login("lee@example.org", PASSWORD)
        .await
        .ok();
    let old = app.anonymous().login("ann@example.org", PASSWORD).await;
    old.assert_user_error("INVALID_CREDENTIALS", &[]);
    let notice = app.last_mail_to("ann@example.org").await;
    assert_eq!(notice.subject, "Your email address was changed");
    assert!(notice.text.contains("L***@example.org"));
}

#[tokio::test]
async fn a_change_confirmed_by_nobody_signed_in_ends_every_session() {
    let app = TestApp::start().await;
    let (ann, token) = changing(&app).await;
    let bob = app.signed_up("bob").await;

    bob.verify_email(&token).await.ok();

    assert!(!ann.is_signed_in().await);
    assert!(
        bob.is_signed_in().await,
        "whoever else follows the link is left alone"
    );
}

#[tokio::test]
async fn an_outlived_link_has_expired() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let token = app
        .last_mail_to("ann@example.org")
        .await
        .token("verify-email");
    app.advance(TimeDelta::hours(24));
    let reply = app.anonymous().verify_email(&token).await;
    reply.assert_user_error("TOKEN_EXPIRED", &["token"]);
    let ann = ann.login_again().await;
    assert_eq!(ann.me().await.at("/data/me/emailVerified"), false);
    app.advance(TimeDelta::days(31));
    app.run_workers().await;
    let swept = app.anonymous().verify_email(&token).await;
    swept.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn a_second_wish_voids_the_first_link() {
    let app = TestApp::start().await;
    let (ann, first) = changing(&app).await;
    let input = json!({ "email": "kim@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    app.run_workers().await;

    let reply = ann.verify_email(&first).await;

    reply.assert_user_error("TOKEN_INVALID", &["token"]);
    assert_eq!(
        ann.me().await.at("/data/me/pendingEmail"),
        "kim@example.org"
    );
}

#[tokio::test]
async fn an_address_that_somebody_took_meanwhile_is_taken() {
    let app = TestApp::start().await;
    let (ann, token) = changing(&app).await;
    app.signed_up("lee").await;

    let reply = ann.verify_email(&token).await;

    reply.assert_user_error("EMAIL_TAKEN", &[]);
    assert_eq!(ann.me().await.at("/data/me/email"), "ann@example.org");
    let again = ann.verify_email(&token).await;
    again.assert_user_error("EMAIL_TAKEN", &[]);
}

#[tokio::test]
async fn a_link_works_once_however_many_use_it_together() {
    let app = TestApp::start().await;
    let (_, token) = changing(&app).await;
    let attempts = (0..20).map(|_| {
        let (client, token) = (app.anonymous(), token.clone());
        tokio::spawn(async move { client.verify_email(&token).await })
    });
    let attempts: Vec<_> = attempts.collect();
    assert_eq!(winners(attempts, "TOKEN_INVALID", &["token"]).await, 1);
}

#[tokio::test]
async fn of_two_who_confirm_one_address_one_gets_it() {
    let app = TestApp::start().await;
    let mut tokens = Vec::new();
    for name in ["ann", "bob", "cid"] {
        let user = app.signed_up(name).await;
        let input = json!({ "email": "zed@example.org", "currentPassword": PASSWORD });
        user.update_profile(input).await.ok();
        tokens.push(
            app.last_mail_to("zed@example.org")
                .await
                .token("verify-email"),
        );
    }
    let mut attempts = Vec::new();
    for token in tokens {
        let client = app.anonymous();
        attempts.push(tokio::spawn(
            async move { client.verify_email(&token).await },
        ));
    }
    assert_eq!(winners(attempts, "EMAIL_TAKEN", &[]).await, 1);
}
