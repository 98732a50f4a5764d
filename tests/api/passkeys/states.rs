//! The state of the account decides before its passkey does.

use chrono::TimeDelta;
use gatehouse::config::EmailVerification::{Off, Required};
use serde_json::{Value, json};

use super::stage::{
    add, challenge, complete, factors, first_step, new_device, sign_in, with_passkey,
};
use crate::support::{SignedUp, TestApp};

#[tokio::test]
async fn unverified_address_gets_no_options_to_register() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;

    let reply = ann.start_passkey("REGISTER").await;

    reply.assert_user_error("EMAIL_NOT_VERIFIED", &[]);
    ann.verify_address(&app).await;
    ann.start_passkey("REGISTER").await.ok();
}

#[tokio::test]
async fn address_need_not_be_verified_if_verification_is_off() {
    let app = TestApp::with(|config| config.accounts.email_verification = Off).await;
    let mut device = new_device();
    let ann = add(&app.signed_up("ann").await, &mut device).await;
    let reply = sign_in(&app.anonymous(), &mut device).await;
    assert_eq!(reply.ok()["user"]["id"], ann.user_id);
}

#[tokio::test]
async fn nobody_signs_in_before_a_required_verification() {
    let app = TestApp::with(|config| config.accounts.email_verification = Off).await;
    let mut device = new_device();
    let ann = add(&app.signed_up("ann").await, &mut device).await;
    let strict = app
        .second_instance_with(|config| config.accounts.email_verification = Required)
        .await;
    let client = strict.anonymous();
    let begun = challenge(&app.anonymous(), &ann).await;
    let used = device.get(&begun["passkeyOptions"]).unwrap();

    let alone = sign_in(&client, &mut device).await;
    let first = first_step(&client, &ann).await;
    let second = complete(&client, &begun, &used).await;

    alone.assert_user_error("EMAIL_NOT_VERIFIED", &[]);
    first.assert_user_error("EMAIL_NOT_VERIFIED", &[]);
    second.assert_user_error("EMAIL_NOT_VERIFIED", &[]);
    let input = json!({ "email": ann.email });
    ann.request_email_verification(input).await.ok();
    ann.verify_address(&app).await;
    sign_in(&client, &mut device).await.ok();
}

#[tokio::test]
async fn account_scheduled_for_deletion_is_closed_to_its_passkey() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let begun = challenge(&app.anonymous(), &ann).await;
    let used = device.get(&begun["passkeyOptions"]).unwrap();
    let input = json!({ "confirmation": ann.email });
    ann.delete_account_with(input).await.ok();

    let alone = sign_in(&app.anonymous(), &mut device).await;

    alone.assert_user_error("DELETION_PENDING", &[]);
    let message = alone.text("/data/loginWithPasskey/userErrors/0/message");
    assert!(message.contains("2027-01-15T09:00:00Z"), "{message}");
    let first = first_step(&app.anonymous(), &ann).await;
    first.assert_user_error("DELETION_PENDING", &[]);
    let second = complete(&app.anonymous(), &begun, &used).await;
    second.assert_user_error("CHALLENGE_INVALID", &[]);
    ann.start_passkey("REAUTHENTICATE")
        .await
        .assert_error("UNAUTHENTICATED");

    let token = app.last_mail_to(&ann.email).await.token("cancel-deletion");
    app.anonymous().cancel_account_deletion(&token).await.ok();
    let reply = sign_in(&app.anonymous(), &mut device).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &reply);
    let listed = factors(&ann).await;
    assert_eq!(listed["passkeys"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn deleted_account_leaves_an_unknown_passkey() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let input = json!({ "confirmation": ann.email });
    ann.delete_account_with(input).await.ok();
    app.advance(TimeDelta::hours(2));
    app.run_workers().await;

    let reply = sign_in(&app.anonymous(), &mut device).await;

    reply.assert_user_error("PASSKEY_UNKNOWN", &["passkey"]);
    assert_eq!(reply.at("/data/loginWithPasskey/user"), &Value::Null);
}
