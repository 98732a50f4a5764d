//! `login`

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use gatehouse::config::EmailVerification::Required;
use gatehouse::config::Quota;
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp};

#[tokio::test]
async fn address_and_username_both_work_in_any_case() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::minutes(1));
    for identifier in [
        "ann@example.org",
        "ANN@Example.Org",
        " ann@example.org ",
        "ann",
        "Ann",
        "ＡＮＮ",
    ] {
        let reply = app.anonymous().login(identifier, PASSWORD).await;
        assert_eq!(reply.ok()["user"]["id"], ann.user_id, "{identifier}");
        assert_eq!(
            reply.ok()["user"]["lastLoginAt"],
            "2027-01-15T08:01:00.000Z"
        );
        assert!(
            SignedUp::from_reply(&app.anonymous(), &reply)
                .is_signed_in()
                .await
        );
    }
}

#[tokio::test]
async fn an_unknown_account_and_a_wrong_password_are_answered_alike() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;

    let wrong = app.anonymous().login("ann@example.org", "not it").await;
    let unknown = app.anonymous().login("bob@example.org", "not it").await;

    wrong.assert_user_error("INVALID_CREDENTIALS", &[]);
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(wrong.status, unknown.status);
}

#[tokio::test]
async fn a_wrong_password_reveals_nothing_about_the_state_of_an_account() {
    let app = TestApp::with(|config| config.accounts.email_verification = Required).await;
    for name in ["ann", "bob", "cid"] {
        let input = json!({ "email": format!("{name}@example.org"), "password": PASSWORD });
        app.anonymous().register(input).await.ok();
    }
    for name in ["bob", "cid"] {
        let mail = app.last_mail_to(&format!("{name}@example.org")).await;
        let token = mail.token("verify-email");
        app.anonymous().verify_email(&token).await.ok();
    }
    let reply = app.anonymous().login("cid@example.org", PASSWORD).await;
    let leaving = SignedUp::from_reply(&app.anonymous(), &reply);
    leaving.delete_account(PASSWORD, &leaving.email).await.ok();
    let mut answers = Vec::new();
    for (name, state) in [
        ("ann", "unverified"),
        ("bob", "as it should be"),
        ("cid", "about to be removed"),
        ("zoe", "unknown"),
    ] {
        let email = format!("{name}@example.org");
        let reply = app.anonymous().login(&email, "not it").await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        answers.push((reply.status, reply.body));
        assert_eq!(answers[0], *answers.last().unwrap(), "{state}");
    }
}

#[tokio::test]
async fn nothing_odd_gets_in_or_breaks() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let long = "a".repeat(10_000);
    for (identifier, password) in [
        ("", ""),
        ("ann", ""),
        ("ann", "violet otters juggle quietly "),
        ("ann", "VIOLET OTTERS JUGGLE QUIETLY"),
        ("ann\0", PASSWORD),
        ("ann@example.org\0", PASSWORD),
        ("ann'--", PASSWORD),
        ("%", PASSWORD),
        ("@", PASSWORD),
        (&*long, PASSWORD),
        ("ann", &*long),
        ("ann", "\0"),
    ] {
        let reply = app.anonymous().login(identifier, password).await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
}

#[tokio::test]
async fn a_password_is_the_same_in_every_unicode_form() {
    let app = TestApp::start().await;
    let input = json!({ "email": "ann@example.org", "password": "ångström on the étagère" });
    app.anonymous().register(input).await.ok();
    let decomposed = "a\u{30a}ngstro\u{308}m on the e\u{301}tage\u{300}re";
    app.anonymous()
        .login("ann@example.org", decomposed)
        .await
        .ok();
}

#[tokio::test]
async fn passwords_that_differ_past_72_bytes_differ() {
    let app = TestApp::start().await;
    let long = "quartz jelly ".repeat(7);
    let input = json!({ "email": "ann@example.org", "password": format!("{long}1") });
    app.anonymous().register(input).await.ok();
    let reply = app
        .anonymous()
        .login("ann@example.org", &format!("{long}2"))
        .await;
    reply.assert_user_error("INVALID_CREDENTIALS", &[]);
}

#[tokio::test]
async fn tries_are_in_the_history_of_the_account() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::seconds(1));
    app.anonymous()
        .with_user_agent("curl/8.5.0")
        .login("ann", "not it")
        .await;
    app.advance(TimeDelta::seconds(1));
    app.anonymous().login("ann", PASSWORD).await.ok();

    let events = ann.security_events(json!({})).await;

    assert_eq!(
        ann.event_types().await,
        ["LOGIN_SUCCEEDED", "LOGIN_FAILED", "REGISTERED"]
    );
    let failed = events.at("/data/me/securityEvents/nodes/1");
    assert_eq!(failed["session"], json!(null));
    assert_eq!(failed["userAgent"], "curl/8.5.0");
    assert_eq!(failed["ipAddress"], "127.0.0.1");
    assert_eq!(failed["occurredAt"], "2027-01-15T08:00:01.000Z");
}

#[tokio::test]
async fn a_pending_deletion_is_revealed_only_to_the_owner() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.delete_account(PASSWORD, &ann.email).await.ok();

    let owner = app.anonymous().login("ann", PASSWORD).await;
    let stranger = app.anonymous().login("ann", "not it").await;

    owner.assert_user_error("DELETION_PENDING", &[]);
    assert!(
        owner
            .text("/data/login/userErrors/0/message")
            .contains("2027-01-15T09:00:00Z")
    );
    stranger.assert_user_error("INVALID_CREDENTIALS", &[]);
}

#[tokio::test]
async fn a_login_racing_a_change_of_password_leaves_no_session_of_the_old_one() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let logins = (0..8).map(|_| {
        let client = app.anonymous();
        tokio::spawn(async move { client.login("ann", PASSWORD).await })
    });
    let logins: Vec<_> = logins.collect();

    let changed = ann
        .change_password(PASSWORD, "seven teapots hum at dawn")
        .await;

    let changed = SignedUp::from_reply(&app.anonymous(), &changed);
    for login in logins {
        let reply = login.await.unwrap();
        if reply.payload()["userErrors"] == json!([]) {
            assert!(
                !SignedUp::from_reply(&app.anonymous(), &reply)
                    .is_signed_in()
                    .await
            );
        } else {
            reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        }
    }
    assert!(changed.is_signed_in().await);
}

#[tokio::test]
async fn logins_at_once_after_the_cost_was_raised_all_succeed() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let raised = app
        .second_instance_with(|config| config.passwords.bcrypt_cost = 5)
        .await;
    let logins = (0..6).map(|_| {
        let client = raised.anonymous();
        tokio::spawn(async move { client.login("ann", PASSWORD).await })
    });
    for login in logins.collect::<Vec<_>>() {
        login.await.unwrap().ok();
    }
}

#[tokio::test]
async fn where_verification_is_required_nobody_signs_in_before() {
    let app = TestApp::with(|config| config.accounts.email_verification = Required).await;
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    app.anonymous().register(input).await.ok();
    let wrong = app.anonymous().login("ann@example.org", "not it").await;
    wrong.assert_user_error("INVALID_CREDENTIALS", &[]);

    let early = app.anonymous().login("ann@example.org", PASSWORD).await;

    early.assert_user_error("EMAIL_NOT_VERIFIED", &[]);
    let token = app
        .last_mail_to("ann@example.org")
        .await
        .token("verify-email");
    app.anonymous().verify_email(&token).await.ok();
    app.anonymous()
        .login("ann@example.org", PASSWORD)
        .await
        .ok();
}

#[tokio::test]
async fn a_sign_in_from_an_unknown_device_is_emailed_to_the_owner() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.login_again().await;
    assert_eq!(
        app.mails().await.len(),
        1,
        "the known device is not worth a mail"
    );

    let curl = app.anonymous().with_user_agent("curl/8.5.0");
    curl.login("ann", PASSWORD).await.ok();
    curl.login("ann", "not it").await;

    let notice = app.last_mail_to("ann@example.org").await;
    assert_eq!(notice.subject, "New sign-in to your account");
    assert!(notice.text.contains("curl") && notice.text.contains("127.0.0.1"));
    assert!(notice.links_to("secure-account"));
    curl.login("ann", PASSWORD).await.ok();
    assert_eq!(app.mails().await.len(), 2, "from now on it is known");
}

#[tokio::test]
async fn a_session_ends_when_its_client_signs_in_anew() {
    let app = TestApp::start().await;
    let (ann, phone) = (app.signed_up("ann").await, app.signed_up("bob").await);
    let elsewhere = ann.login_again().await;
    ann.login("ann", "not it").await;
    assert!(ann.is_signed_in().await, "not before it succeeds");

    let anew = SignedUp::from_reply(&ann, &ann.login("ann", PASSWORD).await);

    assert!(!ann.is_signed_in().await);
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    reply.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(anew.is_signed_in().await && elsewhere.is_signed_in().await);
    let events = anew.event_types().await;
    assert_eq!(events[..2], ["LOGIN_SUCCEEDED", "LOGGED_OUT"]);
    // Another account in the same client, whose access token ran out meanwhile.
    app.advance(TimeDelta::hours(2));
    phone.login("ann", PASSWORD).await.ok();
    let reply = app.anonymous().refresh_session(&phone.refresh_token).await;
    reply.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
}

#[tokio::test]
async fn a_client_cannot_choose_the_text_of_a_notice() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let client = app
        .anonymous()
        .with_user_agent("evil.example/1.0 <b>win</b>");
    client.login("ann", PASSWORD).await.ok();
    let notice = app
        .mail("ann@example.org", "New sign-in to your account")
        .await;
    for text in [&notice.text, &notice.html] {
        assert!(!text.contains("evil") && !text.contains("win<"), "{text}");
    }
}

#[tokio::test]
async fn a_sign_in_rejected_for_overload_is_not_charged() {
    let app = TestApp::with(|config| {
        config.passwords.threads = 1;
        config.passwords.queue_capacity = 1;
        config.passwords.bcrypt_cost = 15;
        // On a busy machine.
        config.limits.request_timeout = Duration::from_mins(1);
        config.rate_limits.login = Some(Quota {
            burst: NonZeroU32::MIN,
            period: Duration::from_hours(1),
        });
    })
    .await;
    app.signed_up("ann").await;
    let client = app.anonymous();
    let is_overloaded = async |name: &str| {
        let reply = client.login(name, PASSWORD).await;
        reply.at("/errors/0/extensions/code") == "OVERLOADED"
    };
    // Its hash takes about two seconds.
    let bob = tokio::spawn({
        let client = app.anonymous();
        async move { client.login("bob", PASSWORD).await }
    });
    // The first that is not answered at once waits in the queue, which is full from then on.
    let deadline = Instant::now() + Duration::from_secs(30);
    let mut number = 0;
    let at_once = Duration::from_millis(100);
    while tokio::time::timeout(at_once, is_overloaded(&format!("zoe{number}"))).await != Ok(true) {
        assert!(Instant::now() < deadline, "the queue never filled");
        number += 1;
    }
    for name in ["ann", "ann@example.org", "ann"] {
        assert!(is_overloaded(name).await, "{name}");
    }
    bob.await.unwrap();
    // What waited behind bob may still be hashed, and whoever comes next would wait for it.
    let first_accepted = loop {
        let reply = client.login("ann", PASSWORD).await;
        if reply.at("/errors/0/extensions/code") != "OVERLOADED" {
            break reply;
        }
        assert!(Instant::now() < deadline, "the queue never emptied");
        tokio::time::sleep(at_once).await;
    };
    first_accepted.ok();
}
