//! Options are valid for one purpose, in one place, for a while, once.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::stage::{Purpose, new_device, options, reason, sign_in, verified, with_passkey};
use crate::support::{TestApp, db_dump};

#[tokio::test]
async fn options_of_one_purpose_are_rejected_for_every_other() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    for purpose in Purpose::ALL {
        let ceremony = purpose.begin(&ann).await;
        for other in Purpose::ALL.into_iter().filter(|it| *it != purpose) {
            let options = other.begin(&ann).await.options;
            let answer = ceremony.answer_to(&device, &options["challenge"]);
            let reply = ceremony.submit(&answer).await;
            reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
            assert_eq!(reason(&reply), "challenge", "{other:?} for {purpose:?}");
        }
    }
    for purpose in Purpose::ALL {
        let (ann, device) = with_passkey(&app, &format!("ann{purpose:?}")).await;
        let ceremony = purpose.begin(&ann).await;
        ceremony.submit(&ceremony.answer(&device)).await.ok();
    }
}

#[tokio::test]
async fn options_of_another_session_or_sign_in_are_rejected() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let (bob, _) = with_passkey(&app, "bob").await;
    for purpose in [
        Purpose::SecondStep,
        Purpose::Reauthenticate,
        Purpose::Register,
    ] {
        let ceremony = purpose.begin(&ann).await;
        let options = purpose.begin(&bob).await.options;
        let answer = ceremony.answer_to(&device, &options["challenge"]);
        let reply = ceremony.submit(&answer).await;
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
        assert_eq!(reason(&reply), "challenge", "{purpose:?}");
    }
    let (one, another) = (
        Purpose::SecondStep.begin(&ann).await,
        Purpose::SecondStep.begin(&ann).await,
    );
    let answer = one.answer_to(&device, &another.options["challenge"]);
    let reply = one.submit(&answer).await;
    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    one.submit(&one.answer(&device)).await.ok();
}

#[tokio::test]
async fn options_expire_after_five_minutes() {
    let app = TestApp::start().await;
    for purpose in [Purpose::SignIn, Purpose::Reauthenticate, Purpose::Register] {
        let (ann, device) = with_passkey(&app, &format!("ann{purpose:?}")).await;
        let ceremony = purpose.begin(&ann).await;
        let answer = ceremony.answer(&device);
        app.advance(TimeDelta::minutes(5));

        let reply = ceremony.submit(&answer).await;

        reply.assert_user_error("CEREMONY_EXPIRED", &["passkey"]);
        let ceremony = purpose.begin(&ann).await;
        let answer = ceremony.answer(&device);
        app.advance(TimeDelta::seconds(299));
        ceremony.submit(&answer).await.ok();
    }
}

#[tokio::test]
async fn options_are_accepted_by_every_instance_and_after_a_restart() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let other = app.second_instance().await;
    let mut ceremony = Purpose::SignIn.begin(&ann).await;
    ceremony.client = other.anonymous();
    ceremony.submit(&ceremony.answer(&device)).await.ok();

    let mut ceremony = Purpose::SignIn.begin(&ann).await;
    let app = app.restart().await;
    ceremony.client = app.anonymous();
    ceremony.submit(&ceremony.answer(&device)).await.ok();
}

#[tokio::test]
async fn options_of_a_sign_in_are_used_once() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::SignIn.begin(&ann).await;
    let (first, second) = (ceremony.answer(&device), ceremony.answer(&device));
    assert_ne!(
        first["response"]["signature"],
        second["response"]["signature"]
    );
    ceremony.submit(&first).await.ok();
    for again in [&first, &second] {
        let reply = ceremony.submit(again).await;
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    }
}

#[tokio::test]
async fn used_options_do_not_stop_those_that_were_issued_beside_them() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let (one, another) = (
        Purpose::SignIn.begin(&ann).await,
        Purpose::SignIn.begin(&ann).await,
    );
    one.submit(&one.answer(&device)).await.ok();
    another.submit(&another.answer(&device)).await.ok();
}

#[tokio::test]
async fn options_to_register_are_used_once() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::Register.begin(&ann).await;
    let answers = [ceremony.answer(&device), ceremony.answer(&device)];
    let reply = ceremony.submit(&answers[0]).await;
    let token = reply.text("/data/addPasskey/tokens/accessToken");
    let renewed = ann.bearing(&token);

    for answer in answers {
        let old = ceremony.submit(&answer).await;
        let input = json!({ "passkey": answer });
        let new = renewed.add_passkey_with(input).await;
        old.assert_error("UNAUTHENTICATED");
        new.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    }
}

#[tokio::test]
async fn made_up_challenge_of_the_right_form_is_rejected() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::SignIn.begin(&ann).await;
    let genuine = ceremony.options["challenge"].as_str().unwrap();
    let made_up = json!("A".repeat(genuine.len()));
    let later = genuine.replacen(&genuine[..30], &"A".repeat(30), 1);
    for challenge in [made_up, json!(later)] {
        let answer = ceremony.answer_to(&device, &challenge);
        let reply = ceremony.submit(&answer).await;
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
        assert_eq!(reason(&reply), "challenge");
    }
}

#[tokio::test]
async fn revoked_session_ends_its_ceremonies() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremonies = [
        Purpose::Register.begin(&ann).await,
        Purpose::Reauthenticate.begin(&ann).await,
    ];
    ann.logout().await.ok();
    for ceremony in ceremonies {
        let reply = ceremony.submit(&ceremony.answer(&device)).await;
        reply.assert_error("UNAUTHENTICATED");
    }
}

#[tokio::test]
async fn host_header_decides_nothing() {
    let app = TestApp::start().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let query = "mutation { startPasskey(input: { purpose: SIGN_IN }) { options } }";
    let response = http
        .post(app.url("/graphql"))
        .header("Host", "evil.example")
        .header("X-Forwarded-Host", "evil.example")
        .json(&json!({ "query": query }))
        .send()
        .await
        .unwrap();
    let body: Value = response.json().await.unwrap();
    let rp_id = body.pointer("/data/startPasskey/options/rpId");
    assert_eq!(rp_id, Some(&json!("app.example.org")), "{body}");
}

#[tokio::test]
async fn starting_a_ceremony_writes_nothing() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let before = db_dump(&app).await;
    for _ in 0..3 {
        options(&app.anonymous(), "SIGN_IN").await;
        options(&ann, "REGISTER").await;
    }
    assert_eq!(db_dump(&app).await, before);
    let reply = sign_in_of_nobody(&app).await;
    assert_eq!(reply, "PASSKEY_UNKNOWN");
    assert_eq!(db_dump(&app).await, before);
}

/// Signs in with a passkey that was never added, and returns the error.
async fn sign_in_of_nobody(app: &TestApp) -> String {
    let mut device = new_device();
    let creation = json!({
        "rp": { "id": "app.example.org" },
        "user": { "id": "AAAAAAAAAAAAAAAAAAAAAA" },
        "challenge": "AAAA",
        "pubKeyCredParams": [{ "alg": -7 }],
    });
    device.create(&creation).unwrap();
    let reply = sign_in(&app.anonymous(), &mut device).await;
    reply.text("/data/loginWithPasskey/userErrors/0/code")
}
