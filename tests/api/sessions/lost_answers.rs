//! A refresh token that is used again after its interval: a lost answer, or a stolen token.

use chrono::TimeDelta;

use crate::support::{Client, PASSWORD, SignedUp, TestApp};

/// Refreshes by `token`, which must succeed.
async fn refreshed(client: &Client, token: &str) -> SignedUp {
    SignedUp::from_reply(client, &client.refresh_session(token).await)
}

#[tokio::test]
async fn a_lost_answer_is_repeated_for_a_day() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let lost = refreshed(&app.anonymous(), &ann.refresh_token).await;
    for step in [
        TimeDelta::seconds(31),
        TimeDelta::hours(1),
        TimeDelta::hours(23) - TimeDelta::seconds(31),
    ] {
        app.advance(step);

        let again = refreshed(&app.anonymous(), &ann.refresh_token).await;

        assert_eq!(again.refresh_token, lost.refresh_token);
    }
    let again = refreshed(&app.anonymous(), &ann.refresh_token).await;
    assert!(again.is_signed_in().await);
    let events = again.event_types().await;
    assert_eq!(events, ["REGISTERED"], "no theft");
    let next = refreshed(&app.anonymous(), &again.refresh_token).await;
    assert!(next.is_signed_in().await);
}

#[tokio::test]
async fn after_a_day_a_token_with_a_lost_answer_has_expired_and_ends_nothing() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let next = refreshed(&app.anonymous(), &ann.refresh_token).await;
    app.advance(TimeDelta::hours(24) + TimeDelta::milliseconds(1));

    let late = app.anonymous().refresh_session(&ann.refresh_token).await;

    late.assert_user_error("TOKEN_EXPIRED", &["refreshToken"]);
    let newest = refreshed(&app.anonymous(), &next.refresh_token).await;
    assert_eq!(newest.event_types().await, ["REGISTERED"]);
}

#[tokio::test]
async fn a_token_is_stolen_if_the_next_access_token_was_used() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let ann = app.signed_up("ann").await;
    let next = refreshed(&app.anonymous(), &ann.refresh_token).await;
    next.at(other.api).me().await.ok();
    app.advance(TimeDelta::seconds(31));

    let replayed = app.anonymous().refresh_session(&ann.refresh_token).await;

    replayed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(!next.is_signed_in().await);
}

#[tokio::test]
async fn a_token_is_stolen_if_the_next_refresh_token_was_used() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let next = refreshed(&app.anonymous(), &ann.refresh_token).await;
    let newest = refreshed(&app.anonymous(), &next.refresh_token).await;
    app.advance(TimeDelta::seconds(31));

    let replayed = app.anonymous().refresh_session(&ann.refresh_token).await;

    replayed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(!newest.is_signed_in().await);
}

#[tokio::test]
async fn an_owner_who_returns_after_a_thief_ends_the_session() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::hours(1));
    let thief = refreshed(&app.anonymous(), &ann.refresh_token).await;
    assert!(thief.is_signed_in().await);
    app.advance(TimeDelta::hours(1));

    let owner = app.anonymous().refresh_session(&ann.refresh_token).await;

    owner.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(!thief.is_signed_in().await);
    let login = app.anonymous().login("ann", PASSWORD).await;
    let back = SignedUp::from_reply(&app.anonymous(), &login);
    let events = back.event_types().await;
    assert!(
        events.contains(&"REFRESH_TOKEN_REUSED".to_owned()),
        "{events:?}"
    );
    app.mail("ann@example.org", "A session was ended for your security")
        .await;
}

#[tokio::test]
async fn a_thief_who_only_refreshes_is_detected_when_both_use_their_tokens() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let thief = refreshed(&app.anonymous(), &ann.refresh_token).await;
    app.advance(TimeDelta::minutes(10));
    // To the service, the owner's is a lost answer.
    let owner = refreshed(&app.anonymous(), &ann.refresh_token).await;
    assert_eq!(owner.refresh_token, thief.refresh_token);
    assert!(owner.is_signed_in().await);
    app.advance(TimeDelta::minutes(10));
    let thief = refreshed(&app.anonymous(), &thief.refresh_token).await;
    assert!(thief.is_signed_in().await);
    app.advance(TimeDelta::minutes(10));

    let replayed = app.anonymous().refresh_session(&owner.refresh_token).await;

    replayed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(!thief.is_signed_in().await);
}

#[tokio::test]
async fn the_access_token_of_before_is_no_evidence() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let lost = refreshed(&app.anonymous(), &ann.refresh_token).await;
    assert!(ann.is_signed_in().await, "it is valid for 15 minutes");
    app.advance(TimeDelta::minutes(1));
    assert!(ann.is_signed_in().await);

    let again = refreshed(&app.anonymous(), &ann.refresh_token).await;

    assert_eq!(again.refresh_token, lost.refresh_token);
}

#[tokio::test]
async fn arrival_is_written_once() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let next = refreshed(&app.anonymous(), &ann.refresh_token).await;
    let mut counts = Vec::new();
    for _ in 0..3 {
        let before = app.statements().await;
        next.me().await.ok();
        counts.push(app.statements().await - before);
    }
    assert!(
        counts[0] > counts[1] && counts[1] == counts[2],
        "{counts:?}"
    );
    // Neither does another instance that finds it noted.
    let other = app.second_instance().await;
    let before = other.statements().await;
    next.at(other.api).me().await.ok();
    assert_eq!(other.statements().await - before, counts[1]);
}
