//! `logout`

use chrono::TimeDelta;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn the_session_ends_at_once_and_the_others_go_on() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;

    assert_eq!(ann.logout().await.ok()["loggedOut"], true);

    assert!(!ann.is_signed_in().await);
    assert!(phone.is_signed_in().await);
    assert_eq!(phone.event_types().await[0], "LOGGED_OUT");
}

#[tokio::test]
async fn it_is_never_an_error() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.logout().await.ok();
    let there = app.anonymous();
    for client in [ann.clone(), app.signed_up("bob").await.clone()] {
        assert_eq!(client.logout().await.ok()["loggedOut"], true);
    }
    for authorization in ["", "Bearer", "Bearer x.y.z", "Basic YTpi", "Bearer \u{fc}"] {
        let reply = there.with_authorization(authorization).logout().await;
        assert_eq!(reply.ok()["loggedOut"], true, "{authorization:?}");
    }
    assert_eq!(there.logout().await.ok()["loggedOut"], true);
}

#[tokio::test]
async fn a_client_that_returns_late_is_still_signed_out() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::hours(2));

    assert_eq!(ann.logout().await.ok()["loggedOut"], true);

    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    reply.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
}

const WITH_TOKEN: &str =
    "mutation($token: String) { logout(input: { refreshToken: $token }) { loggedOut } }";

#[tokio::test]
async fn a_refresh_token_alone_ends_its_session() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;

    let reply = app
        .anonymous()
        .graphql(WITH_TOKEN, json!({ "token": ann.refresh_token }))
        .await;

    assert_eq!(reply.ok()["loggedOut"], true);
    assert!(!ann.is_signed_in().await);
    assert!(phone.is_signed_in().await);
    assert_eq!(phone.event_types().await[0], "LOGGED_OUT");
}

#[tokio::test]
async fn a_rotated_refresh_token_still_ends_its_session() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    // The answer is lost.
    app.anonymous()
        .refresh_session(&ann.refresh_token)
        .await
        .ok();
    app.advance(TimeDelta::hours(1));

    let there = app.anonymous().bearing("a.b.c");
    let reply = there
        .graphql(WITH_TOKEN, json!({ "token": ann.refresh_token }))
        .await;

    assert_eq!(reply.ok()["loggedOut"], true);
    let refresh = app.anonymous().refresh_session(&ann.refresh_token).await;
    refresh.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
}

#[tokio::test]
async fn access_token_and_refresh_token_may_be_of_two_sessions() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.signed_up("ann").await, app.signed_up("bob").await);

    let reply = ann
        .graphql(WITH_TOKEN, json!({ "token": bob.refresh_token }))
        .await;

    assert_eq!(reply.ok()["loggedOut"], true);
    assert!(!ann.is_signed_in().await && !bob.is_signed_in().await);
}

#[tokio::test]
async fn a_made_up_refresh_token_ends_nothing_and_is_no_error() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.signed_up("ann").await, app.signed_up("bob").await);
    // Ann's session with the end of Bob's token.
    let spliced = format!("{}{}", &ann.refresh_token[..30], &bob.refresh_token[30..]);
    for token in ["", "x", "\0", &*spliced, &*ann.access_token] {
        let reply = app
            .anonymous()
            .graphql(WITH_TOKEN, json!({ "token": token }))
            .await;
        assert_eq!(reply.ok()["loggedOut"], true, "{token}");
    }
    let null = app
        .anonymous()
        .graphql(WITH_TOKEN, json!({ "token": null }))
        .await;
    assert_eq!(null.ok()["loggedOut"], true);
    assert!(ann.is_signed_in().await && bob.is_signed_in().await);
}

#[tokio::test]
async fn a_refresh_token_ends_its_session_after_the_issuer_was_renamed() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let renamed = app
        .second_instance_with(|config| config.tokens.issuer = "https://new.example.org".to_owned())
        .await;
    let there = ann.at(renamed.api);
    there.me().await.assert_error("UNAUTHENTICATED");

    let reply = there
        .graphql(WITH_TOKEN, json!({ "token": ann.refresh_token }))
        .await;

    assert_eq!(reply.ok()["loggedOut"], true);
    assert!(!ann.is_signed_in().await);
}
