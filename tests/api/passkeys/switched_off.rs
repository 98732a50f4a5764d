//! A service whose passkeys are disabled.

use serde_json::{Value, json};

use super::stage::{
    Purpose, challenge, complete, factors, new_device, options, sign_in, verified, with_passkey,
};
use crate::support::{PASSWORD, SignedUp, TestApp};

const OFF: [(&str, &str); 1] = [("GATEHOUSE_PASSKEYS", "off")];

/// Another instance of the same service, without passkeys.
async fn without_passkeys(app: &TestApp) -> TestApp {
    app.second_instance_with(|config| config.factors.passkeys = None)
        .await
}

#[tokio::test]
async fn no_ceremony_begins() {
    let app = TestApp::with_settings(&OFF, |_| {}).await;
    let ann = verified(&app, "ann").await;
    for purpose in ["SIGN_IN", "REAUTHENTICATE", "REGISTER"] {
        let reply = ann.start_passkey(purpose).await;
        reply.assert_user_error("PASSKEYS_DISABLED", &[]);
    }
    let settings = "{ authSettings { passkeysEnabled } }";
    let reply = app.anonymous().graphql(settings, json!({})).await;
    assert_eq!(
        reply.at("/data/authSettings/passkeysEnabled"),
        &json!(false)
    );
}

#[tokio::test]
async fn no_ceremony_of_another_instance_ends() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let off = without_passkeys(&app).await;
    for (purpose, code, field) in [
        (Purpose::SignIn, "PASSKEYS_DISABLED", &[][..]),
        (Purpose::Register, "PASSKEYS_DISABLED", &[][..]),
        (Purpose::Reauthenticate, "PASSKEY_INVALID", &["passkey"][..]),
        (Purpose::SecondStep, "PASSKEY_INVALID", &["passkey"][..]),
    ] {
        let mut ceremony = purpose.begin(&ann).await;
        ceremony.client = ceremony.client.at(off.api);
        let reply = ceremony.submit(&ceremony.answer(&device)).await;
        reply.assert_user_error(code, field);
    }
}

#[tokio::test]
async fn account_with_a_passkey_is_still_challenged() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let created = new_device()
        .create(&options(&ann, "REGISTER").await)
        .unwrap();
    let reply = ann.add_passkey_with(json!({ "passkey": created })).await;
    let code = reply.ok()["recoveryCodes"][0].clone();
    let off = without_passkeys(&app).await;
    let client = off.anonymous();

    let begun = challenge(&client, &ann).await;

    assert_eq!(begun["methods"], json!(["RECOVERY_CODE"]));
    assert_eq!(begun["passkeyOptions"], Value::Null);
    let token = begun["token"].as_str().unwrap();
    let proof = json!({ "recoveryCode": code });
    let reply = client.complete_login(token, proof).await;
    let signed_in = SignedUp::from_reply(&client, &reply);
    assert_eq!(factors(&signed_in).await["passkeys"], json!([]));
}

#[tokio::test]
async fn passkey_can_be_removed_all_the_same() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let id = factors(&ann).await["passkeys"][0]["id"].clone();
    let off = without_passkeys(&app).await;

    ann.at(off.api)
        .remove_factor_with(json!({ "id": id }))
        .await
        .ok();

    let login = off.anonymous().login("ann", PASSWORD).await;
    login.ok();
    let reply = sign_in(&app.anonymous(), &mut device).await;
    reply.assert_user_error("PASSKEY_UNKNOWN", &["passkey"]);
}

#[tokio::test]
async fn passkey_works_again_once_they_are_enabled_again() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let off = without_passkeys(&app).await;
    let begun = challenge(&off.anonymous(), &ann).await;
    assert_eq!(begun["passkeyOptions"], Value::Null);
    sign_in(&app.anonymous(), &mut device).await.ok();
    let begun = challenge(&app.anonymous(), &ann).await;
    let used = device.get(&begun["passkeyOptions"]).unwrap();
    complete(&app.anonymous(), &begun, &used).await.ok();
}
