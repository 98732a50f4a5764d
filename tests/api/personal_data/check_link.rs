//! `checkLink`

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp};

const NEW: &str = "seven teapots hum at dawn";

/// A working link of each kind, all of accounts of their own.
async fn links(app: &TestApp) -> [(&'static str, String, SignedUp); 4] {
    let ann = app.signed_up("ann").await;
    let bob = app.signed_up("bob").await;
    let lee = app.signed_up("lee").await;
    let zoe = app.signed_up("zoe").await;
    bob.request_password_reset(&bob.email).await.ok();
    lee.delete_account(PASSWORD, &lee.email).await.ok();
    zoe.change_password(PASSWORD, NEW).await.ok();
    let verify = app.last_mail_to(&ann.email).await.token("verify-email");
    let reset = app.last_mail_to(&bob.email).await.token("reset-password");
    let cancel = app.last_mail_to(&lee.email).await.token("cancel-deletion");
    let secure_account = app.last_mail_to(&zoe.email).await.token("secure-account");
    [
        ("VERIFY_EMAIL", verify, ann),
        ("RESET_PASSWORD", reset, bob),
        ("CANCEL_ACCOUNT_DELETION", cancel, lee),
        ("SECURE_ACCOUNT", secure_account, zoe),
    ]
}

async fn follow(app: &TestApp, kind: &str, token: &str) {
    let nobody = app.anonymous();
    match kind {
        "VERIFY_EMAIL" => nobody.verify_email(token).await,
        "RESET_PASSWORD" => nobody.reset_password(token, NEW).await,
        "CANCEL_ACCOUNT_DELETION" => nobody.cancel_account_deletion(token).await,
        _ => nobody.secure_account(token).await,
    }
    .ok();
}

#[tokio::test]
async fn a_checked_link_still_works_and_a_used_one_does_not() {
    let app = TestApp::start().await;
    let nobody = app.anonymous();
    for (kind, token, owner) in links(&app).await {
        for _ in 0..3 {
            let reply = nobody.check_link(kind, &token).await;
            assert_eq!(reply.ok(), &json!({ "userErrors": [] }), "{kind}");
            for mark in [&owner.email, &owner.user_id] {
                assert!(!reply.body.to_string().contains(mark.as_str()), "{kind}");
            }
        }
        follow(&app, kind, &token).await;
        let used = nobody.check_link(kind, &token).await;
        used.assert_user_error("TOKEN_INVALID", &["token"]);
    }
}

#[tokio::test]
async fn a_link_works_for_its_own_kind_alone() {
    let app = TestApp::start().await;
    let nobody = app.anonymous();
    let links = links(&app).await;
    for (kind, _, _) in &links {
        for (other, token, owner) in &links {
            if kind != other {
                let reply = nobody.check_link(kind, token).await;
                reply.assert_user_error("TOKEN_INVALID", &["token"]);
            }
            let made_up = nobody.check_link(kind, &owner.user_id).await;
            made_up.assert_user_error("TOKEN_INVALID", &["token"]);
        }
    }
}

#[tokio::test]
async fn an_expired_link_is_reported_as_expired() {
    let app = TestApp::start().await;
    let links = links(&app).await;
    // The worker carries the deletion out, and sweeps no link that expires later.
    app.advance(TimeDelta::days(1));
    app.run_workers().await;
    let (kind, token, _) = &links[2];
    let removed = app.anonymous().check_link(kind, token).await;
    removed.assert_user_error("TOKEN_EXPIRED", &["token"]);

    let app = TestApp::start().await;
    let links = self::links(&app).await;
    app.advance(TimeDelta::days(8));
    for (kind, token, _) in links {
        if kind != "CANCEL_ACCOUNT_DELETION" {
            let reply = app.anonymous().check_link(kind, &token).await;
            reply.assert_user_error("TOKEN_EXPIRED", &["token"]);
        }
    }
}

#[tokio::test]
async fn a_superseded_link_is_invalid() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let first = app.last_mail_to(&ann.email).await.token("verify-email");
    ann.request_email_verification(json!({})).await.ok();
    app.run_workers().await;
    let reply = app.anonymous().check_link("VERIFY_EMAIL", &first).await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn one_request_checks_one_link() {
    let app = TestApp::start().await;
    let document = "mutation { \
        a: checkLink(input: { kind: RESET_PASSWORD, token: \"x\" }) { userErrors { code } } \
        b: checkLink(input: { kind: RESET_PASSWORD, token: \"y\" }) { userErrors { code } } }";
    let reply = app.anonymous().graphql(document, json!({})).await;
    reply.assert_error("QUERY_TOO_COMPLEX");
}
