//! Answers of a browser or device that are well formed and must not be accepted.

use serde_json::json;

use super::stage::{Purpose, reason, with_passkey};
use crate::support::{Authenticator, TestApp};

type Change = fn(&mut Authenticator);

/// Origins of pages that are not the front end's.
const OTHER_ORIGINS: [&str; 10] = [
    "https://evil.example",
    "https://sub.app.example.org",
    "https://example.org",
    "https://app.example.org.evil.example",
    "http://app.example.org",
    "https://app.example.org:444",
    "https://app.example.org/",
    "https://APP.example.org",
    "null",
    "",
];

/// One deviation each, and the reason in the log.
const DEVIATIONS: [(&str, Change); 10] = [
    ("cross_origin", |it| {
        it.client_data = json!({ "crossOrigin": true });
    }),
    ("cross_origin", |it| {
        it.client_data = json!({ "topOrigin": "https://evil.example" });
    }),
    ("type", |it| {
        it.client_data = json!({ "type": "payment.get" });
    }),
    ("challenge", |it| {
        it.client_data = json!({ "challenge": "AAAA" });
    }),
    ("challenge", |it| {
        it.client_data = json!({ "challenge": "" });
    }),
    ("rp_id", |it| {
        it.signed_rp_id = Some("example.org".to_owned());
    }),
    ("rp_id", |it| it.signed_rp_id = Some(String::new())),
    ("not_user_present", |it| it.user_present = false),
    ("not_user_verified", |it| it.user_verified = false),
    ("backup_flags", |it| it.backup_state = true),
];

/// Returns copies of `device` that deviate, each with the reason in the log.
fn deviating(device: &Authenticator) -> Vec<(&'static str, Authenticator)> {
    let origins = OTHER_ORIGINS.iter().map(|origin| {
        let mut device = device.clone();
        device.origin = String::from(*origin);
        ("origin", device)
    });
    let others = DEVIATIONS.iter().map(|(reason, change)| {
        let mut device = device.clone();
        change(&mut device);
        (*reason, device)
    });
    origins.chain(others).collect()
}

/// Lets each deviation be rejected, and then the answer without any accepted: nothing else was wrong, and a rejected
/// answer uses nothing up.
async fn assert_each_is_rejected(purpose: Purpose) {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = purpose.begin(&ann).await;
    for (number, (expected, device)) in deviating(&device).into_iter().enumerate() {
        let reply = ceremony.submit(&ceremony.answer(&device)).await;
        let code = match (purpose, expected) {
            (Purpose::Register, "not_user_verified") => "NOT_USER_VERIFIED",
            _ => "PASSKEY_INVALID",
        };
        reply.assert_user_error(code, &["passkey"]);
        assert_eq!(reason(&reply), expected, "deviation {number}");
    }
    ceremony.submit(&ceremony.answer(&device)).await.ok();
}

#[tokio::test]
async fn deviating_answers_do_not_sign_in() {
    assert_each_is_rejected(Purpose::SignIn).await;
}

#[tokio::test]
async fn deviating_answers_complete_no_sign_in() {
    assert_each_is_rejected(Purpose::SecondStep).await;
}

#[tokio::test]
async fn deviating_answers_reauthenticate_nobody() {
    assert_each_is_rejected(Purpose::Reauthenticate).await;
}

#[tokio::test]
async fn deviating_answers_add_no_passkey() {
    assert_each_is_rejected(Purpose::Register).await;
}

#[tokio::test]
async fn answer_to_create_and_answer_to_get_are_not_each_other() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    for purpose in Purpose::ALL {
        let ceremony = purpose.begin(&ann).await;
        let mut confused = device.clone();
        let other = match purpose {
            Purpose::Register => "webauthn.get",
            _ => "webauthn.create",
        };
        confused.client_data = json!({ "type": other });
        let reply = ceremony.submit(&ceremony.answer(&confused)).await;
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
        assert_eq!(reason(&reply), "type", "{purpose:?}");
    }
}

#[tokio::test]
async fn user_handle_is_needed_if_the_user_is_not_known_yet() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::SignIn.begin(&ann).await;
    device.sends_user_handle = false;
    let mut answer = ceremony.answer(&device);

    let reply = ceremony.submit(&answer).await;

    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    assert_eq!(reason(&reply), "user_handle");
    answer["response"]["userHandle"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
    let reply = ceremony.submit(&answer).await;
    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    assert_eq!(reason(&reply), "user_handle");
}

#[tokio::test]
async fn wrong_user_handle_is_rejected_for_a_known_user_too() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    for purpose in [Purpose::SecondStep, Purpose::Reauthenticate] {
        let ceremony = purpose.begin(&ann).await;
        let mut answer = ceremony.answer(&device);
        answer["response"]["userHandle"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
        let reply = ceremony.submit(&answer).await;
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
        assert_eq!(reason(&reply), "user_handle", "{purpose:?}");
    }
}
