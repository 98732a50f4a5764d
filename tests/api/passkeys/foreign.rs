//! The passkeys of other accounts.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::stage::{
    Purpose, add, challenge, complete, factors, new_device, options, sign_in, verified,
    with_passkey,
};
use crate::support::{SignedUp, TestApp};

#[tokio::test]
async fn passkey_of_another_account_completes_no_sign_in() {
    let app = TestApp::start().await;
    let (ann, own) = with_passkey(&app, "ann").await;
    let (_, foreign) = with_passkey(&app, "eve").await;
    for sends_user_handle in [true, false] {
        let ceremony = Purpose::SecondStep.begin(&ann).await;
        let mut foreign = foreign.clone();
        foreign.sends_user_handle = sends_user_handle;
        let mut options = ceremony.options.clone();
        options["allowCredentials"] = json!([]);
        let used = foreign.get(&options).unwrap();

        let reply = ceremony.submit(&used).await;

        reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
        ceremony.submit(&ceremony.answer(&own)).await.ok();
    }
}

#[tokio::test]
async fn passkey_of_another_account_reauthenticates_nobody() {
    let app = TestApp::start().await;
    let (ann, own) = with_passkey(&app, "ann").await;
    let (_, mut foreign) = with_passkey(&app, "eve").await;
    let ceremony = Purpose::Reauthenticate.begin(&ann).await;
    let mut options = ceremony.options.clone();
    options["allowCredentials"] = json!([]);
    let used = foreign.get(&options).unwrap();

    let reply = ceremony.submit(&used).await;

    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    assert!(ann.is_signed_in().await);
    ceremony.submit(&ceremony.answer(&own)).await.ok();
}

#[tokio::test]
async fn account_without_passkey_is_not_reauthenticated_by_one() {
    let app = TestApp::start().await;
    let bob = verified(&app, "bob").await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let of_ann = Purpose::Reauthenticate.begin(&ann).await;
    let used = of_ann.answer(&device);

    let reply = bob.reauthenticate_with(json!({ "passkey": used })).await;

    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
}

#[tokio::test]
async fn challenge_of_one_account_signs_in_no_other() {
    let app = TestApp::start().await;
    let (ann, of_ann) = with_passkey(&app, "ann").await;
    let (eve, of_eve) = with_passkey(&app, "eve").await;
    let (first, second) = (
        Purpose::SecondStep.begin(&ann).await,
        Purpose::SecondStep.begin(&eve).await,
    );
    let crossed = second.answer(&of_eve);
    let reply = first.submit(&crossed).await;
    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    let reply = first.submit(&first.answer(&of_ann)).await;
    assert_eq!(reply.ok()["user"]["id"], ann.user_id);
}

/// Returns the answer of a device that created a passkey whose ID is that of another passkey.
fn with_id(created: &Value, id: &Value) -> Value {
    let decode = |text: &Value| {
        let text = text.as_str().unwrap();
        BASE64_URL_SAFE_NO_PAD.decode(text).unwrap()
    };
    let (own, other) = (decode(&created["id"]), decode(id));
    let mut object = decode(&created["response"]["attestationObject"]);
    let at = object.windows(own.len()).position(|it| it == own).unwrap();
    object[at..at + own.len()].copy_from_slice(&other);
    let mut forged = created.clone();
    forged["id"] = id.clone();
    forged["rawId"] = id.clone();
    forged["response"]["attestationObject"] = json!(BASE64_URL_SAFE_NO_PAD.encode(object));
    forged
}

#[tokio::test]
async fn stored_passkey_cannot_be_added_again_by_anybody() {
    let app = TestApp::start().await;
    let (ann, mut of_ann) = with_passkey(&app, "ann").await;
    let eve = verified(&app, "eve").await;
    let id = factors(&ann).await["passkeys"][0]["credentialId"].clone();
    for user in [&eve, &ann] {
        let options = options(user, "REGISTER").await;
        let created = new_device().create(&options).unwrap();
        let input = json!({ "passkey": with_id(&created, &id) });

        let reply = user.add_passkey_with(input).await;

        reply.assert_user_error("PASSKEY_TAKEN", &["passkey"]);
        // Nothing was stored, not even that the options were used.
        assert!(user.is_signed_in().await);
        let input = json!({ "passkey": created });
        user.add_passkey_with(input).await.ok();
    }
    let reply = sign_in(&app.anonymous(), &mut of_ann).await;
    assert_eq!(reply.ok()["user"]["id"], ann.user_id);
}

#[tokio::test]
async fn removed_passkey_can_be_added_to_another_account() {
    let app = TestApp::start().await;
    let (ann, _) = with_passkey(&app, "ann").await;
    let bob = verified(&app, "bob").await;
    let listed = factors(&ann).await;
    let passkey = &listed["passkeys"][0];
    ann.remove_factor_with(json!({ "id": passkey["id"] }))
        .await
        .ok();
    let created = new_device()
        .create(&options(&bob, "REGISTER").await)
        .unwrap();
    let input = json!({ "passkey": with_id(&created, &passkey["credentialId"]) });
    let reply = bob.add_passkey_with(input).await;
    assert_eq!(
        reply.ok()["passkey"]["credentialId"],
        passkey["credentialId"]
    );
}

#[tokio::test]
async fn passkeys_of_others_are_neither_listed_nor_offered() {
    let app = TestApp::start().await;
    let (ann, _) = with_passkey(&app, "ann").await;
    let mut of_eve = new_device();
    let eve = add(&verified(&app, "eve").await, &mut of_eve).await;
    let ids = |listed: Value| -> Vec<Value> {
        let passkeys = listed["passkeys"].as_array().unwrap().iter();
        passkeys.map(|it| it["credentialId"].clone()).collect()
    };
    let (of_ann, of_eve_listed) = (ids(factors(&ann).await), ids(factors(&eve).await));
    assert_eq!((of_ann.len(), of_eve_listed.len()), (1, 1));
    for purpose in [Purpose::SecondStep, Purpose::Reauthenticate] {
        let options = purpose.begin(&eve).await.options;
        let text = options.to_string();
        assert!(text.contains(of_eve_listed[0].as_str().unwrap()));
        assert!(!text.contains(of_ann[0].as_str().unwrap()));
    }
    let begun = challenge(&app.anonymous(), &eve).await;
    let used = of_eve.get(&begun["passkeyOptions"]).unwrap();
    let reply = complete(&app.anonymous(), &begun, &used).await;
    let signed_in = SignedUp::from_reply(&app.anonymous(), &reply);
    assert_eq!(signed_in.user_id, eve.user_id);
}
