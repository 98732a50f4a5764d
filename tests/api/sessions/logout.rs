//! `logout`

use chrono::TimeDelta;

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
async fn who_comes_back_late_is_still_signed_out() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::hours(2));

    assert_eq!(ann.logout().await.ok()["loggedOut"], true);

    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    reply.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
}
