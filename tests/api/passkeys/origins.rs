//! The RP ID and the origins that are configured.

use super::stage::{Purpose, add, factors, reason, sign_in, verified, with_passkey};
use crate::support::{Authenticator, TestApp, encode};

const ABOVE: (&str, &str) = ("GATEHOUSE_PASSKEY_RP_ID", "example.org");

#[tokio::test]
async fn domain_above_serves_the_origins_of_front_end_and_api() {
    let app = TestApp::with_settings(&[ABOVE], |_| {}).await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let options = Purpose::SignIn.begin(&ann).await.options;
    assert_eq!(options["rpId"], "example.org");
    device.origin = "https://auth.example.org".to_owned();
    sign_in(&app.anonymous(), &mut device).await.ok();
    for origin in [
        "https://example.org",
        "https://evil.example.org",
        "https://app.example.org.evil.example",
        "https://evilexample.org",
        "http://app.example.org",
    ] {
        device.origin = origin.to_owned();
        let reply = sign_in(&app.anonymous(), &mut device).await;
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
        assert_eq!(reason(&reply), "origin", "{origin}");
    }
}

#[tokio::test]
async fn configured_origins_replace_the_usual_ones() {
    let android = format!("android:apk-key-hash:{}", encode(&[7; 32]));
    let listed = format!("https://login.app.example.org, {android}");
    let settings = [("GATEHOUSE_PASSKEY_ORIGINS", &*listed)];
    let app = TestApp::with_settings(&settings, |_| {}).await;
    let mut device = Authenticator::new("https://login.app.example.org");
    add(&verified(&app, "ann").await, &mut device).await;
    device.origin = android;
    sign_in(&app.anonymous(), &mut device).await.ok();
    for origin in [
        "https://app.example.org".to_owned(),
        format!("android:apk-key-hash:{}", encode(&[8; 32])),
    ] {
        device.origin = origin;
        let reply = sign_in(&app.anonymous(), &mut device).await;
        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
        assert_eq!(reason(&reply), "origin");
    }
}

#[tokio::test]
async fn passkeys_of_another_rp_id_are_neither_offered_nor_accepted() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let moved = app
        .second_instance_with(|config| {
            let passkeys = config.factors.passkeys.as_mut().unwrap();
            passkeys.rp_id = "example.org".to_owned();
        })
        .await;
    let there = ann.at(moved.api);
    assert_eq!(
        factors(&there).await["passkeys"].as_array().unwrap().len(),
        0
    );
    let none = there.start_passkey("REAUTHENTICATE").await;
    none.assert_user_error("NO_PASSKEY", &[]);
    // A browser would not find it; the answer is rejected nevertheless.
    let mut options = Purpose::SignIn.begin(&ann).await.options;
    let challenge = moved.anonymous().start_passkey("SIGN_IN").await;
    options["challenge"] = challenge.ok()["options"]["challenge"].clone();
    device.signed_rp_id = Some("example.org".to_owned());
    let used = device.get(&options).unwrap();

    let reply = moved.anonymous().login_with_passkey(&used).await;

    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
}
