//! `register` where addresses are verified.

use std::num::NonZeroU32;
use std::time::Duration;

use chrono::TimeDelta;
use gatehouse::config::EmailVerification::{Off, Required};
use gatehouse::config::Quota;
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp};

/// Registers where verification is required.
async fn strict() -> TestApp {
    TestApp::with(|config| config.accounts.email_verification = Required).await
}

#[tokio::test]
async fn where_verification_is_required_a_taken_address_is_answered_like_a_free_one() {
    let app = strict().await;
    let input = |email: &str| json!({ "email": email, "password": PASSWORD });
    let hashes = app.hashes().await;
    let free = app.anonymous().register(input("ann@example.org")).await;
    let free_hashes = app.hashes().await - hashes;
    let payload = free.ok().clone();
    assert_eq!(payload["verificationRequired"], true);
    for field in ["user", "session", "tokens"] {
        assert_eq!(payload[field], json!(null), "{field}");
    }
    let first = app.last_mail_to("ann@example.org").await;
    assert!(first.links_to("verify-email"));
    app.anonymous()
        .verify_email(&first.token("verify-email"))
        .await
        .ok();

    let hashes = app.hashes().await;
    let taken = app.anonymous().register(input("ANN@example.org")).await;

    assert_eq!(taken.body, free.body);
    let taken_hashes = app.hashes().await - hashes;
    assert_eq!(taken_hashes, free_hashes, "and it takes as long");
    let told = app.last_mail_to("ann@example.org").await;
    assert_eq!(told.subject, "You already have an account");
    assert!(!told.links_to("verify-email") && !told.links_to("secure-account"));
}

#[tokio::test]
async fn a_username_does_not_tell_whether_the_address_beside_it_was_taken() {
    let app = strict().await;
    let input = |email: &str, username: &str| json!({ "email": email, "username": username, "password": PASSWORD });
    app.anonymous()
        .register(input("ann@example.org", "ann"))
        .await
        .ok();
    for (email, username) in [
        ("ann@example.org", "probe1"),
        ("free@example.org", "probe2"),
    ] {
        app.anonymous().register(input(email, username)).await.ok();
        let again = app
            .anonymous()
            .register(input("zoe@example.org", username))
            .await;
        again.assert_user_error("USERNAME_TAKEN", &["username"]);
    }
    app.advance(TimeDelta::days(7));
    app.run_workers().await;
    for username in ["probe1", "probe2"] {
        let email = format!("{username}@example.org");
        app.anonymous().register(input(&email, username)).await.ok();
    }
}

#[tokio::test]
async fn of_many_concurrent_registrations_of_one_address_five_wait_and_none_is_revealed() {
    let app = strict().await;
    let attempts: Vec<_> = (0..20)
        .map(|_| {
            let client = app.anonymous();
            tokio::spawn(async move {
                let input = json!({ "email": "ann@example.org", "password": PASSWORD });
                client.register(input).await
            })
        })
        .collect();
    for attempt in attempts {
        assert_eq!(attempt.await.unwrap().ok()["verificationRequired"], true);
    }
    let mails = app.mails_to("ann@example.org").await;
    let links = mails
        .iter()
        .filter(|mail| mail.links_to("verify-email"))
        .count();
    assert_eq!((mails.len(), links), (20, 5));
}

#[tokio::test]
async fn notices_of_a_taken_address_are_limited() {
    let quota = Quota {
        burst: NonZeroU32::new(3).unwrap(),
        period: Duration::from_hours(1),
    };
    let app = TestApp::with(|config| {
        config.accounts.email_verification = Required;
        config.mail.recipient_caps = vec![quota];
    })
    .await;
    for _ in 0..10 {
        let input = json!({ "email": "ann@example.org", "password": PASSWORD });
        app.anonymous().register(input).await.ok();
    }
    assert_eq!(app.mails_to("ann@example.org").await.len(), 3);
}

#[tokio::test]
async fn an_account_never_verified_goes_after_a_week_where_that_is_required() {
    let app = strict().await;
    for email in ["ann@example.org", "bob@example.org"] {
        let input = json!({ "email": email, "password": PASSWORD });
        app.anonymous().register(input).await.ok();
    }
    let token = app
        .last_mail_to("bob@example.org")
        .await
        .token("verify-email");
    app.anonymous().verify_email(&token).await.ok();
    app.advance(TimeDelta::days(7));
    app.run_workers().await;
    let gone = app.anonymous().login("ann@example.org", PASSWORD).await;
    gone.assert_user_error("INVALID_CREDENTIALS", &[]);
    app.anonymous()
        .login("bob@example.org", PASSWORD)
        .await
        .ok();
}

#[tokio::test]
async fn turning_verification_on_removes_nobody() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let strict = app
        .second_instance_with(|config| config.accounts.email_verification = Required)
        .await;
    app.advance(TimeDelta::days(8));
    strict.run_workers().await;
    assert!(ann.login_again().await.is_signed_in().await);
}

#[tokio::test]
async fn the_verification_mail_says_when_and_from_where_and_removes_the_account() {
    let app = TestApp::start().await;
    let input = json!({ "email": "victim@example.org", "password": PASSWORD, "name": "Win at evil.example" });
    let stranger = app.anonymous().with_user_agent("curl/8.5.0");
    let stranger = SignedUp::from_reply(&stranger, &stranger.register(input).await);
    app.advance(TimeDelta::hours(1));
    let owner = app.anonymous();
    owner
        .request_email_verification(json!({ "email": "victim@example.org" }))
        .await
        .ok();
    let mail = app.last_mail_to("victim@example.org").await;
    for detail in ["2027-01-15 08:00 UTC", "curl", "127.0.0.1"] {
        assert!(mail.text.contains(detail), "{}", mail.text);
    }
    assert!(!mail.text.contains("evil"), "a stranger's words");

    let reply = owner.secure_account(&mail.token("secure-account")).await;

    assert_eq!(reply.ok()["revokedSessionCount"], 1);
    assert!(!stranger.is_signed_in().await);
    let input = json!({ "email": "victim@example.org", "password": PASSWORD });
    owner.register(input).await.ok();
}

#[tokio::test]
async fn where_nothing_is_verified_nothing_is_mailed() {
    let app = TestApp::with(|config| config.accounts.email_verification = Off).await;
    app.signed_up("ann").await;
    assert!(app.mails().await.is_empty());
}

#[tokio::test]
async fn a_stranger_s_mailbox_is_not_filled_with_notices() {
    let quota = Quota {
        burst: NonZeroU32::new(3).unwrap(),
        period: Duration::from_hours(1),
    };
    let app = TestApp::with(|config| config.mail.recipient_caps = vec![quota]).await;
    let stranger = app.signed_up("victim").await;
    let registration = app.last_mail_to("victim@example.org").await;
    for n in 0..10 {
        let input = json!({ "username": format!("name{n}") });
        stranger.update_profile(input).await.ok();
        app.run_workers().await;
    }
    assert_eq!(app.mails_to("victim@example.org").await.len(), 3);
    let token = registration.token("verify-email");
    stranger.verify_email(&token).await.ok();
    for n in 0..5 {
        let input = json!({ "username": format!("other{n}") });
        stranger.update_profile(input).await.ok();
        app.run_workers().await;
    }
    let mails = app.mails_to("victim@example.org").await;
    assert_eq!(mails.len(), 3 + 5, "a proved address is told of everything");
}
