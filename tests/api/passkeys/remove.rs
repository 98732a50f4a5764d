//! `removeFactor` of a passkey.

use chrono::TimeDelta;
use gatehouse::config::SecondFactorPolicy;
use serde_json::{Value, json};

use super::stage::{
    add, claims, factors, new_device, reauthenticate, sign_in, verified, with_passkey,
};
use crate::support::{Client, PASSWORD, SignedUp, TestApp};

const NOTICE: &str = "A second factor was removed from your account";

/// Returns the id of the user's oldest passkey.
async fn id_of(client: &Client) -> Value {
    factors(client).await["passkeys"][0]["id"].clone()
}

#[tokio::test]
async fn removed_passkey_is_unknown() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;

    let reply = ann
        .remove_factor_with(json!({ "id": id_of(&ann).await }))
        .await;

    assert_eq!(reply.ok()["user"]["id"], ann.user_id);
    let alone = sign_in(&app.anonymous(), &mut device).await;
    alone.assert_user_error("PASSKEY_UNKNOWN", &["passkey"]);
    let listed = factors(&ann).await;
    assert_eq!(listed["passkeys"], json!([]));
    assert_eq!(listed["recoveryCodesLeft"], 0);
    assert_eq!(ann.event_types().await[0], "PASSKEY_REMOVED");
    let notice = app.mail(&ann.email, NOTICE).await;
    assert!(notice.text.contains("Firefox on Linux"), "{}", notice.text);
    assert!(notice.links_to("secure-account"));
    let login = app.anonymous().login("ann", PASSWORD).await;
    login.ok();
}

#[tokio::test]
async fn removal_needs_a_recent_authentication_by_two_factors() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let phone = ann.login_again().await;
    let mut device = new_device();
    let ann = add(&ann, &mut device).await;
    let input = json!({ "id": id_of(&ann).await });

    let weak = phone.remove_factor_with(input.clone()).await;
    app.advance(TimeDelta::minutes(10));
    let stale = ann.remove_factor_with(input.clone()).await;

    for reply in [weak, stale] {
        reply.assert_error("STEP_UP_REQUIRED");
        let methods = reply.at("/errors/0/extensions/methods");
        assert_eq!(methods, &json!(["PASSKEY", "RECOVERY_CODE"]));
        assert_eq!(reply.at("/errors/0/extensions/maxAge"), 600);
    }
    let renewed = reauthenticate(&ann, &mut device).await;
    let token = renewed.text("/data/reauthenticate/tokens/accessToken");
    ann.bearing(&token).remove_factor_with(input).await.ok();
}

#[tokio::test]
async fn sessions_lose_the_method_with_the_last_passkey() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let passkey_alone = sign_in(&app.anonymous(), &mut device).await;
    let alone = SignedUp::from_reply(&app.anonymous(), &passkey_alone);
    let ann = add(&ann, &mut new_device()).await;
    let claims_of_refreshed = async |user: &SignedUp| {
        let reply = app.anonymous().refresh_session(&user.refresh_token).await;
        let user = SignedUp::from_reply(&app.anonymous(), &reply);
        let claimed = claims(&user.access_token);
        (user, claimed)
    };
    let remove_first = async |user: &SignedUp| {
        let input = json!({ "id": id_of(user).await, "revokeOtherSessions": false });
        let reply = user.remove_factor_with(input).await;
        assert_eq!(reply.ok()["revokedSessionCount"], 0);
    };

    remove_first(&ann).await;
    let (ann, claimed) = claims_of_refreshed(&ann).await;
    assert_eq!(claimed["acr"], "aal2", "another passkey is left");
    assert_eq!(factors(&ann).await["recoveryCodesLeft"], 10);

    remove_first(&ann).await;
    let (ann, claimed) = claims_of_refreshed(&ann).await;
    assert_eq!(claimed["acr"], "aal1");
    assert_eq!(claimed["amr"], json!(["pwd"]));
    assert_eq!(factors(&ann).await["recoveryCodesLeft"], 0);
    let (_, claimed) = claims_of_refreshed(&alone).await;
    assert_eq!(claimed["acr"], "aal1");
    assert_eq!(claimed["amr"], Value::Null);
}

#[tokio::test]
async fn other_sessions_are_revoked_unless_they_are_to_be_kept() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let reply = sign_in(&app.anonymous(), &mut device).await;
    let elsewhere = SignedUp::from_reply(&app.anonymous(), &reply);

    let reply = ann
        .remove_factor_with(json!({ "id": id_of(&ann).await }))
        .await;

    assert_eq!(reply.ok()["revokedSessionCount"], 1);
    assert!(ann.is_signed_in().await);
    assert!(!elsewhere.is_signed_in().await);
}

#[tokio::test]
async fn only_own_and_existing_passkeys_are_removed() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let (bob, _) = with_passkey(&app, "bob").await;
    let of_ann = id_of(&ann).await;
    for id in [
        of_ann.clone(),
        json!(bob.user_id),
        json!("nonsense"),
        json!(""),
    ] {
        let reply = bob.remove_factor_with(json!({ "id": id })).await;
        reply.assert_user_error("FACTOR_NOT_FOUND", &["id"]);
    }
    sign_in(&app.anonymous(), &mut device).await.ok();
    let nobody = app
        .anonymous()
        .remove_factor_with(json!({ "id": of_ann }))
        .await;
    nobody.assert_error("UNAUTHENTICATED");
    ann.remove_factor_with(json!({ "id": of_ann })).await.ok();
    let again = ann.remove_factor_with(json!({ "id": of_ann })).await;
    again.assert_user_error("FACTOR_NOT_FOUND", &["id"]);
}

#[tokio::test]
async fn last_passkey_stays_if_a_second_factor_is_required() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let ann = add(&ann, &mut new_device()).await;
    let strict = app
        .second_instance_with(|config| {
            config.factors.policy = SecondFactorPolicy::Required;
        })
        .await;
    let there = ann.at(strict.api);
    there
        .remove_factor_with(json!({ "id": id_of(&ann).await }))
        .await
        .ok();

    let reply = there
        .remove_factor_with(json!({ "id": id_of(&ann).await }))
        .await;

    reply.assert_user_error("LAST_SECOND_FACTOR", &["id"]);
    let listed = factors(&ann).await;
    assert_eq!(listed["passkeys"].as_array().unwrap().len(), 1);
    let removed = sign_in(&app.anonymous(), &mut device).await;
    removed.assert_user_error("PASSKEY_UNKNOWN", &["passkey"]);
}
