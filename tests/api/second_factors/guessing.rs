//! Guessing codes.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Reply, SignedUp, TestApp, WithApp, challenge_of};

/// Submits a proof to a new challenge each time.
async fn guess(app: &TestApp, ann: &WithApp, proof: Value) -> Reply {
    let challenge = ann.challenge(app).await;
    app.anonymous().complete_login(&challenge, proof).await
}

#[tokio::test]
async fn wrong_codes_count_over_challenges_and_delay_the_next() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    for _ in 0..5 {
        let reply = guess(&app, &ann, json!({ "totpCode": "000000" })).await;
        reply.assert_user_error("CODE_INVALID", &["totpCode"]);
    }
    let reply = guess(&app, &ann, json!({ "totpCode": ann.code(&app) })).await;
    reply.assert_user_error("SECOND_FACTOR_LOCKED", &[]);
    let until = reply.at("/data/completeLogin/userErrors/0/retryAt");
    assert_eq!(until, "2027-01-15T08:01:30.000Z");
    let code = json!({ "recoveryCode": ann.recovery_codes[0] });
    let reply = guess(&app, &ann, code).await;
    reply.assert_user_error("SECOND_FACTOR_LOCKED", &[]);
    let events = ann.user.event_types().await;
    assert_eq!(events[0], "SECOND_FACTOR_LOCKED");
    assert_eq!(events[1], "SECOND_FACTOR_FAILED");
    app.advance(TimeDelta::minutes(1));
    guess(&app, &ann, json!({ "totpCode": ann.code(&app) }))
        .await
        .ok();
}

#[tokio::test]
async fn wrong_passwords_do_not_delay_codes_and_wrong_codes_do_not_delay_passwords() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    for _ in 0..6 {
        app.anonymous().login("ann", "not it").await;
    }
    let locked = app.anonymous().login("ann", PASSWORD).await;
    locked.assert_user_error("ACCOUNT_LOCKED", &[]);
    let proof = json!({ "totpCode": ann.code(&app) });
    app.anonymous().complete_login(&challenge, proof).await.ok();
    app.advance(TimeDelta::minutes(20));
    for _ in 0..5 {
        guess(&app, &ann, json!({ "totpCode": "000000" })).await;
    }
    ann.challenge(&app).await;
}

#[tokio::test]
async fn a_password_does_not_forgive_wrong_codes() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    for _ in 0..5 {
        guess(&app, &ann, json!({ "totpCode": "000000" })).await;
    }
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();
    let token = app
        .last_mail_to("ann@example.org")
        .await
        .token("reset-password");
    app.anonymous().reset_password(&token, PASSWORD).await.ok();
    let reply = guess(&app, &ann, json!({ "totpCode": ann.code(&app) })).await;
    reply.assert_user_error("SECOND_FACTOR_LOCKED", &[]);
}

#[tokio::test]
async fn strangers_do_not_delay_a_device_that_the_account_knows() {
    let app = TestApp::with_settings(&[("GATEHOUSE_TRUSTED_PROXIES", "127.0.0.1")], |_| {}).await;
    let ann = WithApp::register(&app, "ann").await;
    for number in 0..12 {
        let stranger = app.anonymous().forwarded_for(&format!("198.51.{number}.7"));
        let login = stranger.login("ann", PASSWORD).await;
        let challenge = challenge_of(&login);
        stranger
            .complete_login(&challenge, json!({ "totpCode": "000000" }))
            .await;
    }
    let stranger = app.anonymous().forwarded_for("203.0.113.5");
    let login = stranger.login("ann", PASSWORD).await;
    let challenge = challenge_of(&login);
    let proof = json!({ "totpCode": ann.code(&app) });
    let reply = stranger.complete_login(&challenge, proof.clone()).await;
    reply.assert_user_error("SECOND_FACTOR_LOCKED", &[]);
    let mut known = proof;
    known["deviceToken"] = ann.user.device_token.clone().into();
    stranger.complete_login(&challenge, known).await.ok();
    let mail = app
        .mail(
            "ann@example.org",
            "A sign-in with your password was not completed",
        )
        .await;
    assert!(mail.links_to("secure-account"));
}

#[tokio::test]
async fn a_hundred_wrong_codes_in_a_row_switch_the_app_off_until_another_factor_is_used() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    for _ in 0..100 {
        let reply = guess(&app, &ann, json!({ "totpCode": "000000" })).await;
        reply.assert_user_error("CODE_INVALID", &["totpCode"]);
        app.advance(TimeDelta::minutes(16));
    }
    let reply = guess(&app, &ann, json!({ "totpCode": ann.code(&app) })).await;
    reply.assert_user_error("SECOND_FACTOR_LOCKED", &[]);
    assert!(
        reply
            .at("/data/completeLogin/userErrors/0/retryAt")
            .is_null()
    );
    let code = json!({ "recoveryCode": ann.recovery_codes[0] });
    guess(&app, &ann, code).await.ok();
    guess(&app, &ann, json!({ "totpCode": ann.code(&app) }))
        .await
        .ok();
}

#[tokio::test]
async fn codes_are_limited_in_rate() {
    let limit = [("GATEHOUSE_LIMIT_SECOND_FACTOR", "3/1m")];
    let app = TestApp::with_settings(&limit, |_| {}).await;
    let ann = WithApp::register(&app, "ann").await;
    app.advance(TimeDelta::minutes(2));
    for _ in 0..3 {
        let reply = guess(&app, &ann, json!({ "totpCode": "000000" })).await;
        reply.assert_user_error("CODE_INVALID", &["totpCode"]);
    }
    let reply = guess(&app, &ann, json!({ "totpCode": ann.code(&app) })).await;
    reply.assert_error("RATE_LIMITED");
}

#[tokio::test]
async fn a_session_does_not_help_to_guess() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    for _ in 0..5 {
        let reply = ann
            .user
            .reauthenticate_with(json!({ "totpCode": "000000" }))
            .await;
        reply.assert_user_error("CODE_INVALID", &["totpCode"]);
    }
    let proof = json!({ "totpCode": ann.code(&app) });
    let reply = ann.user.reauthenticate_with(proof).await;
    reply.assert_user_error("SECOND_FACTOR_LOCKED", &[]);
    let until = reply.at("/data/reauthenticate/userErrors/0/retryAt");
    assert_eq!(until, "2027-01-15T08:01:30.000Z");
}

#[tokio::test]
async fn a_sign_in_that_is_abandoned_on_an_unknown_device_is_told_once_a_day() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let subject = "A sign-in with your password was not completed";
    let told = async || {
        let mails = app.mails_to("ann@example.org").await;
        mails.iter().filter(|mail| mail.subject == subject).count()
    };
    let elsewhere = app
        .anonymous()
        .with_user_agent("Mozilla/5.0 (iPhone) Safari/605");
    ann.challenge(&app).await;
    app.advance(TimeDelta::minutes(11));
    assert_eq!(told().await, 0, "a known device");
    for _ in 0..3 {
        elsewhere.login("ann", PASSWORD).await;
        app.advance(TimeDelta::minutes(11));
        assert_eq!(told().await, 1);
    }
    app.advance(TimeDelta::days(1));
    elsewhere.login("ann", PASSWORD).await;
    app.advance(TimeDelta::minutes(11));
    assert_eq!(told().await, 2);
    let login = ann.login_again(&app).await;
    let failed = login.event_types().await;
    let failed = failed.iter().filter(|kind| *kind == "SECOND_FACTOR_FAILED");
    assert_eq!(failed.count(), 4);
}

#[tokio::test]
async fn guesses_in_a_session_do_not_use_up_the_notice() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let mut session = ann.login_again(&app).await;
    for _ in 0..14 {
        app.advance(TimeDelta::minutes(3));
        let refreshed = app
            .anonymous()
            .refresh_session(&session.refresh_token)
            .await;
        session = SignedUp::from_reply(&app.anonymous(), &refreshed);
        session
            .reauthenticate_with(json!({ "totpCode": "000000" }))
            .await;
    }
    let elsewhere = app
        .anonymous()
        .with_user_agent("Mozilla/5.0 (iPhone) Safari/605");
    elsewhere.login("ann", PASSWORD).await;
    app.advance(TimeDelta::minutes(11));
    app.mail(
        "ann@example.org",
        "A sign-in with your password was not completed",
    )
    .await;
}
