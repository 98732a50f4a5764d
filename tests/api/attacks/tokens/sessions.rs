//! Tokens of sessions that have ended: none of them works for a moment longer.

use serde_json::json;

use super::siege::Siege;
use crate::support::{PASSWORD, SignedUp};

const NEW: &str = "seven lanterns hum softly";

/// Bob, signed in on two devices.
async fn begun() -> (Siege, SignedUp, SignedUp) {
    let siege = Siege::begin().await;
    let bob = siege.app.signed_up("bob").await;
    let phone = bob.login_again().await;
    assert!(phone.is_signed_in().await);
    (siege, bob, phone)
}

/// Neither of the phone's tokens works.
async fn has_ended(mut siege: Siege, phone: &SignedUp) {
    let token = phone.access_token.clone();
    siege.refuses("the phone", &token, "session_ended").await;
    let refreshed = siege
        .app
        .anonymous()
        .refresh_session(&phone.refresh_token)
        .await;
    refreshed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    siege.over().await;
}

#[tokio::test]
async fn a_token_does_not_outlive_a_logout() {
    let (siege, _, phone) = begun().await;
    phone.logout().await.ok();
    has_ended(siege, &phone).await;
}

#[tokio::test]
async fn a_token_does_not_outlive_a_revocation_from_another_device() {
    let (siege, bob, phone) = begun().await;
    bob.revoke_session(&phone.session_id).await.ok();
    has_ended(siege, &phone).await;
}

#[tokio::test]
async fn a_token_does_not_outlive_the_revocation_of_all_other_sessions() {
    let (siege, bob, phone) = begun().await;
    bob.revoke_other_sessions().await.ok();
    has_ended(siege, &phone).await;
}

#[tokio::test]
async fn a_token_does_not_outlive_a_change_of_the_password() {
    let (siege, bob, phone) = begun().await;
    bob.change_password(PASSWORD, NEW).await.ok();
    has_ended(siege, &phone).await;
}

#[tokio::test]
async fn a_token_does_not_outlive_a_reset_of_the_password() {
    let (siege, bob, phone) = begun().await;
    bob.request_password_reset(&bob.email).await.ok();
    let mail = siege.app.last_mail_to(&bob.email).await;
    let token = mail.token("reset-password");
    let anonymous = siege.app.anonymous();
    anonymous.reset_password(&token, NEW).await.ok();
    has_ended(siege, &phone).await;
}

#[tokio::test]
async fn a_token_does_not_outlive_a_change_of_the_address() {
    let (siege, bob, phone) = begun().await;
    let input = json!({ "email": "lee@example.org", "currentPassword": PASSWORD });
    bob.update_profile(input).await.ok();
    let mail = siege.app.last_mail_to("lee@example.org").await;
    bob.verify_email(&mail.token("verify-email")).await.ok();
    has_ended(siege, &phone).await;
}

#[tokio::test]
async fn a_token_does_not_outlive_the_deletion_of_the_account() {
    let (siege, bob, phone) = begun().await;
    bob.delete_account(PASSWORD, &bob.email).await.ok();
    has_ended(siege, &phone).await;
}
