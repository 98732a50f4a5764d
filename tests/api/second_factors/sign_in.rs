//! Signing in in two steps.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait as _, DbBackend};
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, SignedUp, TestApp, WithApp, challenge_of, totp_code};

#[tokio::test]
async fn a_correct_password_gives_a_challenge_and_nothing_else() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let before = ann.user.event_types().await;
    let mails = app.mails().await.len();

    let reply = app.anonymous().login("ann", PASSWORD).await;

    let challenge = reply.at("/data/login/challenge");
    assert_eq!(challenge["methods"], json!(["TOTP", "RECOVERY_CODE"]));
    assert_eq!(challenge["expiresAt"], "2027-01-15T08:10:30.000Z");
    assert!(challenge["passkeyOptions"].is_null());
    challenge_of(&reply);
    assert_eq!(ann.user.event_types().await, before);
    assert_eq!(app.mails().await.len(), mails);
    let sessions = ann.user.sessions(json!({ "first": 10 })).await;
    assert_eq!(
        sessions
            .at("/data/me/sessions/nodes")
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn the_second_step_signs_in() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    app.advance(TimeDelta::minutes(1));

    let proof = json!({ "totpCode": ann.code(&app) });
    let reply = app.anonymous().complete_login(&challenge, proof).await;

    let session = &reply.ok()["session"];
    assert_eq!(session["methods"], json!(["PASSWORD", "TOTP"]));
    assert_eq!(session["authenticatedAt"], "2027-01-15T08:01:30.000Z");
    let user = &reply.ok()["user"];
    assert_eq!(user["lastLoginAt"], "2027-01-15T08:01:30.000Z");
    let again = SignedUp::from_reply(&app.anonymous(), &reply);
    assert_eq!(again.event_types().await[0], "LOGIN_SUCCEEDED");
    let listed = again.second_factors().await;
    let used = listed.at("/data/me/secondFactors/totp/lastUsedAt");
    assert_eq!(used, "2027-01-15T08:01:30.000Z");
}

#[tokio::test]
async fn a_challenge_authenticates_nothing() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let bearer = app.anonymous().bearing(&challenge);
    bearer.me().await.assert_error("UNAUTHENTICATED");
    let enroll = bearer.enroll_totp(json!({})).await;
    enroll.assert_error("UNAUTHENTICATED");
    let change = bearer
        .change_password(PASSWORD, "another long password")
        .await;
    change.assert_error("UNAUTHENTICATED");
    let refreshed = app.anonymous().refresh_session(&challenge).await;
    refreshed.assert_user_error("TOKEN_INVALID", &["refreshToken"]);
    let reset = app
        .anonymous()
        .reset_password(&challenge, "another long password")
        .await;
    reset.assert_user_error("TOKEN_INVALID", &["token"]);
    let enroll = json!({ "challenge": challenge });
    let enroll = app.anonymous().enroll_totp(enroll).await;
    enroll.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
    let confirm = json!({ "challenge": challenge, "code": ann.code(&app) });
    let confirm = app.anonymous().confirm_totp(confirm).await;
    confirm.assert_user_error("CHALLENGE_INVALID", &["challenge"]);
}

#[tokio::test]
async fn a_challenge_is_for_the_client_that_began_the_sign_in() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let proof = json!({ "totpCode": ann.code(&app) });
    let other = app.anonymous().with_user_agent("curl/8.14.1");
    let reply = other.complete_login(&challenge, proof.clone()).await;
    reply.assert_user_error("CHALLENGE_INVALID", &[]);
    app.anonymous().complete_login(&challenge, proof).await.ok();
}

#[tokio::test]
async fn a_challenge_ends_with_its_time_and_its_use() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    app.advance(TimeDelta::minutes(10));
    let late = json!({ "totpCode": ann.code(&app) });
    let late = app.anonymous().complete_login(&challenge, late).await;
    late.assert_user_error("CHALLENGE_INVALID", &[]);
    let challenge = ann.challenge(&app).await;
    let proof = json!({ "totpCode": ann.code(&app) });
    app.anonymous().complete_login(&challenge, proof).await.ok();
    app.advance(TimeDelta::seconds(30));
    let again = json!({ "totpCode": ann.code(&app) });
    let again = app.anonymous().complete_login(&challenge, again).await;
    again.assert_user_error("CHALLENGE_INVALID", &[]);
    for nonsense in ["", "nonsense", &"x".repeat(10_000)] {
        let proof = json!({ "totpCode": ann.code(&app) });
        let reply = app.anonymous().complete_login(nonsense, proof).await;
        reply.assert_user_error("CHALLENGE_INVALID", &[]);
    }
}

#[tokio::test]
async fn five_wrong_codes_end_a_challenge_on_all_instances_together() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let ann = WithApp::register(&app, "ann").await;
    // From a device that the account knows, whose wait begins with the fifth wrong code.
    let device = |client: Client| {
        let token = ann.user.device_token.clone();
        move |challenge: String, code: String| {
            let (client, token) = (client.clone(), token.clone());
            async move {
                let proof = json!({ "totpCode": code, "deviceToken": token });
                client.complete_login(&challenge, proof).await
            }
        }
    };
    let here = device(app.anonymous());
    let there = device(other.anonymous());
    let challenge = ann.challenge(&app).await;
    for attempt in 0..5 {
        let wrong = "000000".to_owned();
        let reply = match attempt % 2 {
            0 => here(challenge.clone(), wrong).await,
            _ => there(challenge.clone(), wrong).await,
        };
        reply.assert_user_error("CODE_INVALID", &["totpCode"]);
    }
    app.advance(TimeDelta::minutes(2));
    let reply = here(challenge, ann.code(&app)).await;
    reply.assert_user_error("CHALLENGE_INVALID", &[]);
    let challenge = ann.challenge(&app).await;
    here(challenge, ann.code(&app)).await.ok();
}

#[tokio::test]
async fn a_challenge_is_void_once_the_credentials_change() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let complete = async |challenge: &str| {
        app.advance(TimeDelta::seconds(30));
        let proof = json!({ "totpCode": ann.code(&app) });
        app.anonymous().complete_login(challenge, proof).await
    };
    let challenge = ann.challenge(&app).await;
    let new = "seven calm herons wade";
    let changed = ann.user.change_password(PASSWORD, new).await;
    changed.ok();
    complete(&challenge)
        .await
        .assert_user_error("CHALLENGE_INVALID", &[]);

    let login = app.anonymous().login("ann", new).await;
    let challenge = challenge_of(&login);
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();
    let token = app
        .last_mail_to("ann@example.org")
        .await
        .token("reset-password");
    app.anonymous().reset_password(&token, PASSWORD).await.ok();
    complete(&challenge)
        .await
        .assert_user_error("CHALLENGE_INVALID", &[]);
    let challenge = ann.challenge(&app).await;
    complete(&challenge).await.ok();
}

#[tokio::test]
async fn a_password_reset_leaves_the_factor_in_place_and_signs_nobody_in() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();
    let token = app
        .last_mail_to("ann@example.org")
        .await
        .token("reset-password");
    let new = "seven calm herons wade";
    app.anonymous().reset_password(&token, new).await.ok();
    let login = app.anonymous().login("ann", new).await;
    let challenge = challenge_of(&login);
    let proof = json!({ "recoveryCode": ann.recovery_codes[0] });
    app.anonymous().complete_login(&challenge, proof).await.ok();
}

#[tokio::test]
async fn the_second_step_replaces_the_session_that_was_sent_with_the_first() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let ben = app.signed_up("ben").await;
    let login = ben.login("ann", PASSWORD).await;
    let challenge = challenge_of(&login);
    assert!(
        ben.is_signed_in().await,
        "nothing is revoked by the first step"
    );
    let proof = json!({ "totpCode": ann.code(&app) });
    app.anonymous().complete_login(&challenge, proof).await.ok();
    assert!(!ben.is_signed_in().await);
}

#[tokio::test]
async fn exactly_one_proof_is_expected() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let code = ann.code(&app);
    for wrong in [
        json!({}),
        json!({ "totpCode": null }),
        json!({ "totpCode": code, "recoveryCode": ann.recovery_codes[0] }),
        json!({ "totpCode": code, "passkey": {} }),
    ] {
        let reply = app.anonymous().complete_login(&challenge, wrong).await;
        reply.assert_error("BAD_REQUEST");
    }
    let proof = json!({ "totpCode": code });
    app.anonymous().complete_login(&challenge, proof).await.ok();
}

#[tokio::test]
async fn a_phone_may_be_off_by_one_period_and_no_code_is_taken_twice() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    app.advance(TimeDelta::minutes(5));
    for seconds in [-60, 60] {
        let code = totp_code(&ann.secret, app.now() + TimeDelta::seconds(seconds));
        let challenge = ann.challenge(&app).await;
        let proof = json!({ "totpCode": code });
        let reply = app.anonymous().complete_login(&challenge, proof).await;
        reply.assert_user_error("CODE_INVALID", &["totpCode"]);
    }
    let ahead = totp_code(&ann.secret, app.now() + TimeDelta::seconds(30));
    let challenge = ann.challenge(&app).await;
    let proof = json!({ "totpCode": ahead });
    app.anonymous()
        .complete_login(&challenge, proof.clone())
        .await
        .ok();
    for used in [ahead, ann.code(&app)] {
        let challenge = ann.challenge(&app).await;
        let proof = json!({ "totpCode": used });
        let reply = app.anonymous().complete_login(&challenge, proof).await;
        reply.assert_user_error("CODE_ALREADY_USED", &["totpCode"]);
    }
}

/// Returns how many of the attempts on two instances signed in. Each of the others was told one of `codes`.
///
/// No attempt can write before the others have checked their proofs.
async fn at_once(app: &TestApp, attempts: Vec<(String, Value)>, codes: &[&str]) -> usize {
    let other = app.second_instance().await;
    let blocker = app.database.db_connect().await;
    let block = match blocker.get_database_backend() {
        DbBackend::Postgres => "BEGIN; LOCK TABLE users IN EXCLUSIVE MODE",
        _ => "BEGIN IMMEDIATE",
    };
    blocker.execute_unprepared(block).await.unwrap();
    let tasks = attempts.into_iter().enumerate();
    let tasks = tasks.map(|(number, (challenge, proof))| {
        let client = match number % 2 {
            0 => app.anonymous(),
            _ => other.anonymous(),
        };
        tokio::spawn(async move { client.complete_login(&challenge, proof).await })
    });
    let tasks: Vec<_> = tasks.collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    blocker.execute_unprepared("ROLLBACK").await.unwrap();
    let mut winners = 0;
    for task in tasks {
        let reply = task.await.unwrap();
        let code = reply.at("/data/completeLogin/userErrors/0/code");
        match code.as_str() {
            None => winners += usize::from(reply.ok()["session"].is_object()),
            Some(code) => assert!(codes.contains(&code), "{}", reply.body),
        }
    }
    winners
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_answers_to_one_challenge_at_once_one_signs_in() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let answer = |number: usize| match number {
        0..10 => json!({ "recoveryCode": ann.recovery_codes[number] }),
        _ => json!({ "recoveryCode": ann.recovery_codes[number - 10] }),
    };
    let attempts = (0..20).map(|number| (challenge.clone(), answer(number)));
    let winners = at_once(&app, attempts.collect(), &["CHALLENGE_INVALID"]).await;
    assert_eq!(winners, 1);
    let left = ann.user.second_factors().await;
    assert_eq!(left.at("/data/me/secondFactors/recoveryCodesLeft"), 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_one_code_in_twenty_challenges_at_once_one_signs_in() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let mut attempts = Vec::new();
    for _ in 0..20 {
        let challenge = ann.challenge(&app).await;
        attempts.push((challenge, json!({ "totpCode": ann.code(&app) })));
    }
    assert_eq!(
        at_once(&app, attempts, &["CODE_ALREADY_USED", "CHALLENGE_INVALID"]).await,
        1
    );
    let mut attempts = Vec::new();
    for _ in 0..20 {
        let challenge = ann.challenge(&app).await;
        attempts.push((challenge, json!({ "recoveryCode": ann.recovery_codes[0] })));
    }
    // Who comes after it was used finds no such code, and after some of these there is a wait.
    let codes = [
        "CODE_ALREADY_USED",
        "CODE_INVALID",
        "SECOND_FACTOR_LOCKED",
        "CHALLENGE_INVALID",
    ];
    assert_eq!(at_once(&app, attempts, &codes).await, 1);
}

#[tokio::test]
async fn an_account_to_be_deleted_takes_no_second_step() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let challenge = ann.challenge(&app).await;
    let deleted = ann.user.delete_account(PASSWORD, "ann@example.org").await;
    deleted.ok();
    let proof = json!({ "totpCode": ann.code(&app) });
    let reply = app.anonymous().complete_login(&challenge, proof).await;
    reply.assert_user_error("CHALLENGE_INVALID", &[]);
    let login = app.anonymous().login("ann", PASSWORD).await;
    login.assert_user_error("DELETION_PENDING", &[]);
}
