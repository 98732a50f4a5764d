//! `refreshSession`

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp};

#[tokio::test]
async fn a_token_is_exchanged_for_a_new_pair() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::minutes(20));
    assert!(!ann.is_signed_in().await);

    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;

    let refreshed = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(refreshed.is_signed_in().await);
    assert_eq!(refreshed.session_id, ann.session_id);
    assert_ne!(refreshed.refresh_token, ann.refresh_token);
    assert_eq!(
        reply.ok()["session"]["lastUsedAt"],
        "2027-01-15T08:20:00.000Z"
    );
    assert_eq!(
        reply.ok()["tokens"]["refreshTokenExpiresAt"],
        "2027-02-14T08:20:00.000Z"
    );
}

#[tokio::test]
async fn an_expired_access_token_sent_along_does_not_stand_in_the_way() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::minutes(20));
    ann.refresh_session(&ann.refresh_token).await.ok();
}

#[tokio::test]
async fn the_same_token_gives_the_same_successor_for_thirty_seconds() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let first = app.anonymous().refresh_session(&ann.refresh_token).await;
    app.advance(TimeDelta::seconds(30));

    let again = app.anonymous().refresh_session(&ann.refresh_token).await;

    assert_eq!(
        again.ok()["tokens"]["refreshToken"],
        first.ok()["tokens"]["refreshToken"]
    );
    assert_ne!(
        again.ok()["tokens"]["accessToken"],
        first.ok()["tokens"]["accessToken"]
    );
    assert!(
        SignedUp::from_reply(&app.anonymous(), &again)
            .is_signed_in()
            .await
    );
}

#[tokio::test]
async fn an_old_token_gives_the_newest_when_its_successor_was_replaced_too() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let first = app.anonymous().refresh_session(&ann.refresh_token).await;
    let second = first.text("/data/refreshSession/tokens/refreshToken");
    app.advance(TimeDelta::seconds(10));
    let third = app.anonymous().refresh_session(&second).await;
    app.advance(TimeDelta::seconds(10));

    let again = app.anonymous().refresh_session(&ann.refresh_token).await;

    assert_eq!(
        again.ok()["tokens"]["refreshToken"],
        third.ok()["tokens"]["refreshToken"]
    );
}

#[tokio::test]
async fn a_token_used_again_after_the_interval_ends_the_session() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    let refreshed = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(refreshed.is_signed_in().await);
    app.advance(TimeDelta::milliseconds(30_001));

    let stolen = app.anonymous().refresh_session(&ann.refresh_token).await;

    stolen.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(!refreshed.is_signed_in().await);
    let newest = app
        .anonymous()
        .refresh_session(&refreshed.refresh_token)
        .await;
    newest.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(phone.is_signed_in().await, "other sessions go on");
    let notice = app
        .mail("ann@example.org", "A session was ended for your security")
        .await;
    assert!(notice.links_to("secure-account"));
    let events = phone.event_types().await;
    assert_eq!(
        events
            .iter()
            .filter(|kind| *kind == "REFRESH_TOKEN_REUSED")
            .count(),
        1
    );
}

#[tokio::test]
async fn theft_is_recognised_however_many_rotations_ago_the_token_was_used() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let mut newest = ann.refresh_token.clone();
    for _ in 0..12 {
        app.advance(TimeDelta::minutes(10));
        let reply = app.anonymous().refresh_session(&newest).await;
        newest = reply.text("/data/refreshSession/tokens/refreshToken");
    }

    let stolen = app.anonymous().refresh_session(&ann.refresh_token).await;

    stolen.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    let reply = app.anonymous().refresh_session(&newest).await;
    reply.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
}

#[tokio::test]
async fn fifty_at_once_on_two_instances_get_one_successor() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let ann = app.signed_up("ann").await;
    let refreshes = (0..50).map(|n| {
        let client = if n % 2 == 0 {
            app.anonymous()
        } else {
            other.anonymous()
        };
        let token = ann.refresh_token.clone();
        tokio::spawn(async move { client.refresh_session(&token).await })
    });

    let mut successors = BTreeSet::new();
    for refresh in refreshes.collect::<Vec<_>>() {
        let reply = refresh.await.unwrap();
        let refreshed = SignedUp::from_reply(&app.anonymous(), &reply);
        assert!(refreshed.is_signed_in().await);
        successors.insert(refreshed.refresh_token);
    }

    assert_eq!(successors.len(), 1);
    let successor = successors.pop_first().unwrap();
    let next = app.anonymous().refresh_session(&successor).await;
    assert_ne!(
        next.ok()["tokens"]["refreshToken"],
        json!(successor),
        "it is the one that is stored"
    );
}

#[tokio::test]
async fn a_session_left_idle_runs_out() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::days(30));
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    reply.assert_user_error("TOKEN_EXPIRED", &["refreshToken"]);
}

#[tokio::test]
async fn a_session_in_use_runs_out_too_in_the_end() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let mut newest = ann.refresh_token.clone();
    for _ in 0..4 {
        app.advance(TimeDelta::days(20));
        let reply = app.anonymous().refresh_session(&newest).await;
        newest = reply.text("/data/refreshSession/tokens/refreshToken");
    }
    app.advance(TimeDelta::days(10));
    app.run_workers().await;

    let reply = app.anonymous().refresh_session(&newest).await;

    reply.assert_user_error("TOKEN_EXPIRED", &["refreshToken"]);
}

#[tokio::test]
async fn the_end_of_a_session_is_never_promised_later_than_it_is() {
    let app = TestApp::with(|config| config.tokens.session_ttl = TimeDelta::days(31)).await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::days(29));
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    assert_eq!(
        reply.ok()["tokens"]["refreshTokenExpiresAt"],
        "2027-02-15T08:00:00.000Z"
    );
}

#[tokio::test]
async fn what_is_no_refresh_token_is_invalid() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let bob = app.signed_up("bob").await;
    // Ann's session with the end of Bob's token.
    let spliced = format!("{}{}", &ann.refresh_token[..30], &bob.refresh_token[30..]);
    let long = "A".repeat(10_000);
    for token in [
        "",
        "x",
        "\0",
        &*ann.access_token,
        &ann.refresh_token[1..],
        &*spliced,
        &*long,
    ] {
        let reply = app.anonymous().refresh_session(token).await;
        reply.assert_user_error("TOKEN_INVALID", &["refreshToken"]);
    }
    let document =
        "mutation { refreshSession(input: {}) { user { id } userErrors { code message field } } }";
    let reply = app.anonymous().graphql(document, json!({})).await;
    reply.assert_user_error("TOKEN_INVALID", &["refreshToken"]);
    assert!(ann.is_signed_in().await, "guessing ends no session");
}

#[tokio::test]
async fn an_ended_session_is_not_refreshed() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.logout().await.ok();
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    reply.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
}

#[tokio::test]
async fn a_refresh_racing_a_revocation_leaves_nobody_signed_in() {
    let app = TestApp::start().await;
    for round in 0..5 {
        let ann = app.signed_up(&format!("ann{round}")).await;
        let phone = ann.login_again().await;
        let refreshes = (0..4).map(|_| {
            let (client, token) = (app.anonymous(), phone.refresh_token.clone());
            tokio::spawn(async move { client.refresh_session(&token).await })
        });
        let refreshes: Vec<_> = refreshes.collect();

        ann.revoke_session(&phone.session_id).await.ok();

        for refresh in refreshes {
            let reply = refresh.await.unwrap();
            if reply.payload()["userErrors"] == json!([]) {
                let refreshed = SignedUp::from_reply(&app.anonymous(), &reply);
                assert!(!refreshed.is_signed_in().await);
            } else {
                reply.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
            }
        }
    }
}

#[tokio::test]
async fn tokens_work_on_after_a_restart() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;

    let app = app.restart().await;

    let there = app.anonymous().bearing(&ann.access_token).me().await;
    assert_eq!(there.text("/data/me/id"), ann.user_id);
    app.anonymous()
        .refresh_session(&ann.refresh_token)
        .await
        .ok();
    app.anonymous().login("ann", PASSWORD).await.ok();
}
