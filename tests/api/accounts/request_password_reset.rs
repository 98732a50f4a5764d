//! `requestPasswordReset`

use std::num::NonZeroU32;
use std::time::Duration;

use chrono::TimeDelta;
use gatehouse::config::Quota;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn it_says_and_does_the_same_for_every_address() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let leaving = app.signed_up("bob").await;
    leaving
        .delete_account(PASSWORD, "bob@example.org")
        .await
        .ok();
    let before = app.mails().await.len();

    let mut answers = Vec::new();
    for email in ["ann@example.org", "bob@example.org", "zoe@example.org"] {
        let statements = app.statements().await;
        let reply = app.anonymous().request_password_reset(email).await;
        reply.ok();
        answers.push((reply.body, app.statements().await - statements));
    }

    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
    let mails = app.mails().await;
    assert_eq!(mails.len(), before + 1);
    assert_eq!(mails[before].to, "ann@example.org");
}

#[tokio::test]
async fn the_mail_goes_to_the_stored_address_and_to_no_look_alike() {
    let app = TestApp::start().await;
    let input = json!({ "email": "Mike@Example.org", "password": PASSWORD });
    app.anonymous().register(input).await.ok();
    app.run_workers().await;
    for typed in [
        "mıke@example.org",
        "mike@еxample.org",
        "mike@example.org.evil.example",
    ] {
        app.anonymous().request_password_reset(typed).await.ok();
    }
    let wide = app
        .anonymous()
        .request_password_reset("mike＠example.org")
        .await;
    wide.assert_user_error("EMAIL_INVALID", &["email"]);
    assert_eq!(app.mails().await.len(), 1, "the registration's");

    app.anonymous()
        .request_password_reset("MIKE@example.ORG")
        .await
        .ok();

    let mails = app.mails().await;
    assert_eq!(mails.last().unwrap().to, "Mike@example.org");
    assert!(mails.last().unwrap().links_to("reset-password"));
}

/// Returns the tokens of `count` reset links, requested one after the other.
async fn reset_links(app: &TestApp, count: usize) -> Vec<String> {
    let mut tokens = Vec::new();
    for _ in 0..count {
        app.anonymous()
            .request_password_reset("ann@example.org")
            .await
            .ok();
        let mail = app.last_mail_to("ann@example.org").await;
        tokens.push(mail.token("reset-password"));
    }
    tokens
}

#[tokio::test]
async fn three_links_work_side_by_side_and_using_one_voids_the_others() {
    for used in 0..3 {
        let app = TestApp::start().await;
        app.signed_up("ann").await;
        let tokens = reset_links(&app, 3).await;
        let nobody = app.anonymous();
        let reply = nobody
            .reset_password(&tokens[used], "seven teapots hum at dawn")
            .await;
        reply.ok();
        for token in &tokens {
            let reply = nobody
                .reset_password(token, "eight teapots hum at dusk")
                .await;
            reply.assert_user_error("TOKEN_INVALID", &["token"]);
        }
    }
}

#[tokio::test]
async fn a_fourth_link_voids_the_oldest() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let tokens = reset_links(&app, 4).await;
    let nobody = app.anonymous();
    let oldest = nobody
        .reset_password(&tokens[0], "seven teapots hum at dawn")
        .await;
    oldest.assert_user_error("TOKEN_INVALID", &["token"]);
    nobody
        .reset_password(&tokens[1], "seven teapots hum at dawn")
        .await
        .ok();
}

#[tokio::test]
async fn an_invalid_address_is_rejected() {
    let app = TestApp::start().await;
    for email in [
        "",
        "ann",
        "ann@",
        "a@b@example.org",
        "ann@example.org\nBcc: eve@evil.example",
    ] {
        let reply = app.anonymous().request_password_reset(email).await;
        reply.assert_user_error("EMAIL_INVALID", &["email"]);
    }
}

#[tokio::test]
async fn mails_are_limited_alike_with_and_without_an_account() {
    let quota = Quota {
        burst: NonZeroU32::new(3).unwrap(),
        period: Duration::from_hours(1),
    };
    for email in ["ann@example.org", "zoe@example.org"] {
        let app = TestApp::with(|config| config.rate_limits.mail = Some(quota)).await;
        app.signed_up("ann").await;
        for spelling in [email, &email.to_uppercase(), &format!(" {email} ")] {
            app.anonymous().request_password_reset(spelling).await.ok();
        }
        let refused = app.anonymous().request_password_reset(email).await;
        refused.assert_error("RATE_LIMITED");
        assert_eq!(refused.at("/errors/0/extensions/retryAfter"), 1200);
        assert_eq!(refused.headers["retry-after"], "1200");
        let other = app
            .anonymous()
            .request_email_verification(json!({ "email": email }))
            .await;
        other.assert_error("RATE_LIMITED");
        app.advance(TimeDelta::seconds(1200));
        app.anonymous().request_password_reset(email).await.ok();
    }
}
