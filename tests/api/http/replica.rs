//! A read-only replica, which may lag behind, stand still and be away.

use std::time::{Duration, Instant};

use gatehouse::config::Replica;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use super::away::{State, Way};
use crate::support::{SignedUp, TestApp, TestDatabase};

fn at(url: String) -> Replica {
    Replica {
        shown_url: url.clone(),
        url: url.into(),
    }
}

/// An application whose replica hears of no account, and the way to it; `None` on SQLite, which has none. It `follows` as
/// far as Gatehouse can tell.
async fn with_replica(follows: bool) -> (TestApp, Option<(TestDatabase, Way)>) {
    let copy = TestDatabase::create().await;
    let Some((way, url)) = Way::to_database(&copy.url) else {
        return (TestApp::start().await, None);
    };
    if follows {
        let probe =
            "INSERT INTO write_probes (id, probed_at) VALUES (3, now() + interval '1 hour')";
        let db = copy.db_connect().await;
        db.execute_unprepared(probe).await.unwrap();
    }
    let app = TestApp::with(|config| config.database.replica = Some(at(url))).await;
    (app, Some((copy, way)))
}

async fn wait_for_the_replica(user: &SignedUp) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !user.event_types().await.is_empty() {
        assert!(Instant::now() < deadline, "the replica is not read");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn histories_are_read_from_a_replica_while_it_answers() {
    let (app, replica) = with_replica(true).await;
    let ann = app.signed_up("ann").await;
    let Some((_copy, way)) = replica else {
        assert_eq!(ann.event_types().await, ["REGISTERED"]);
        return;
    };
    wait_for_the_replica(&ann).await;

    for state in [State::Frozen, State::Cut] {
        way.set(state);
        let asked_at = Instant::now();
        for _ in 0..5 {
            assert_eq!(ann.event_types().await, ["REGISTERED"], "{state:?}");
        }
        // One of them waits, for a second.
        assert!(asked_at.elapsed() < Duration::from_secs(5), "{state:?}");
        way.set(State::Open);
        wait_for_the_replica(&ann).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_does_not_follow_is_not_read() {
    let (app, _replica) = with_replica(false).await;
    let ann = app.signed_up("ann").await;
    let until = Instant::now() + Duration::from_secs(3);
    while Instant::now() < until {
        assert_eq!(ann.event_types().await, ["REGISTERED"]);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_decides_about_access_is_read_from_a_replica() {
    let (app, replica) = with_replica(true).await;
    let ann = app.signed_up("ann").await;
    if replica.is_some() {
        wait_for_the_replica(&ann).await;
    }
    let phone = ann.login_again().await;
    let listed = ann.sessions(json!({ "first": 100 })).await;
    let nodes = listed.at("/data/me/sessions/nodes").as_array().unwrap();
    assert_eq!(nodes.len(), 2);

    ann.revoke_session(&phone.session_id).await.ok();

    phone.me().await.assert_error("UNAUTHENTICATED");
    assert!(ann.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_of_a_mutation_has_its_event() {
    let (app, replica) = with_replica(true).await;
    let ann = app.signed_up("ann").await;
    if replica.is_some() {
        wait_for_the_replica(&ann).await;
    }
    let document = "mutation { updateProfile(input: { name: \"Ann\" }) { user { securityEvents(first: 1) { nodes { type } } } } }";
    let reply = ann.graphql(document, json!({})).await;
    let newest = reply.at("/data/updateProfile/user/securityEvents/nodes/0/type");
    assert_eq!(newest, "PROFILE_UPDATED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_is_away_does_not_prevent_the_start() {
    let is_postgres = TestDatabase::create().await.url.starts_with("postgres");
    let app = TestApp::with(|config| {
        let nothing = at("postgres://nobody@127.0.0.1:1/nothing".to_owned());
        config.database.replica = is_postgres.then_some(nothing);
    })
    .await;
    let ann = app.signed_up("ann").await;
    for _ in 0..5 {
        assert_eq!(ann.event_types().await, ["REGISTERED"]);
    }
}
