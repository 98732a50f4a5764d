//! `revokeSession` and `revokeOtherSessions`

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn a_revoked_session_is_rejected_at_once_on_every_instance() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;
    let phone_there = phone.at(other.api);
    assert_eq!(phone_there.me().await.text("/data/me/id"), ann.user_id);

    let reply = ann.revoke_session(&phone.session_id).await;

    assert_eq!(reply.ok()["session"]["id"], phone.session_id);
    assert_eq!(reply.ok()["session"]["endedAt"], "2027-01-15T08:00:00.000Z");
    phone_there.me().await.assert_error("UNAUTHENTICATED");
    let refreshed = other
        .anonymous()
        .refresh_session(&phone.refresh_token)
        .await;
    refreshed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn the_current_session_can_be_revoked() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.revoke_session(&ann.session_id).await.ok();
    assert!(!ann.is_signed_in().await);
}

#[tokio::test]
async fn foreign_unknown_and_ended_sessions_are_answered_alike() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let bob = app.signed_up("bob").await;
    let ended = ann.login_again().await;
    ended.logout().await.ok();
    let unknown = "01a20abd-e809-7d28-8fcf-1576a9fc46d2";
    let first = ann.revoke_session(unknown).await;
    first.assert_user_error("SESSION_NOT_FOUND", &["sessionId"]);
    for id in [
        &*bob.session_id,
        &ended.session_id,
        "",
        "no id",
        "\0",
        "' OR 1=1 --",
    ] {
        assert_eq!(ann.revoke_session(id).await.body, first.body, "{id}");
    }
    assert!(bob.is_signed_in().await);
}

#[tokio::test]
async fn all_others_can_be_revoked_together() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let bob = app.signed_up("bob").await;
    let (phone, tablet) = (ann.login_again().await, ann.login_again().await);

    let reply = ann.revoke_other_sessions().await;

    assert_eq!(reply.ok()["revokedSessionCount"], 2);
    assert!(ann.is_signed_in().await && bob.is_signed_in().await);
    assert!(!phone.is_signed_in().await && !tablet.is_signed_in().await);
    assert_eq!(
        ann.revoke_other_sessions().await.ok()["revokedSessionCount"],
        0
    );
    let events = ann.event_types().await;
    assert_eq!(
        events
            .iter()
            .filter(|kind| *kind == "SESSION_REVOKED")
            .count(),
        1
    );
}

#[tokio::test]
async fn both_need_a_sign_in() {
    let app = TestApp::start().await;
    app.anonymous()
        .revoke_session("x")
        .await
        .assert_error("UNAUTHENTICATED");
    app.anonymous()
        .revoke_other_sessions()
        .await
        .assert_error("UNAUTHENTICATED");
}

#[tokio::test]
async fn of_two_sessions_that_end_each_other_one_stands() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    for round in 0..8 {
        let ann = app.signed_up(&format!("ann{round}")).await;
        let thief = ann.login_again().await;
        let there = thief.at(other.api);

        let (one, two) = tokio::join!(ann.revoke_other_sessions(), there.revoke_other_sessions());

        let standing = [ann.is_signed_in().await, thief.is_signed_in().await];
        assert_ne!(standing[0], standing[1], "{} {}", one.body, two.body);
    }
}

#[tokio::test]
async fn nothing_is_changed_in_a_session_that_the_same_document_ended() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;
    let input = serde_json::json!({ "email": "lee@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    let document = "mutation {
        logout { loggedOut }
        cancelEmailChange { user { pendingEmail } }
    }";

    phone
        .graphql(document, serde_json::json!({}))
        .await
        .assert_error("UNAUTHENTICATED");

    let pending = ann.me().await.text("/data/me/pendingEmail");
    assert_eq!(pending, "lee@example.org");
}
