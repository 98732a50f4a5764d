//! A read-only replica, which may lag behind and be away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gatehouse::config::Replica;
use serde_json::json;

use super::away::{State, Way};
use crate::support::{SignedUp, TestApp, TestDatabase};

/// An application with a replica that never hears of any change, and the way to it; `None` on SQLite.
async fn with_lagging_replica() -> (TestApp, Option<(TestDatabase, Way)>) {
    let copy = TestDatabase::create().await;
    let leads = Way::to_database(&copy.url);
    let Some((way, url)) = leads else {
        return (TestApp::start().await, None);
    };
    let replica = Replica {
        shown_url: url.clone(),
        url: url.into(),
    };
    let app = TestApp::with(|config| config.database.replica = Some(replica)).await;
    (app, Some((copy, way)))
}

async fn wait_for_history(user: &SignedUp, is_lagging: bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while user.event_types().await.is_empty() != is_lagging {
        assert!(Instant::now() < deadline, "is lagging: {is_lagging}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn histories_are_read_from_a_replica_while_it_answers() {
    let (app, replica) = with_lagging_replica().await;
    let ann = Arc::new(app.signed_up("ann").await);
    let Some((_copy, way)) = replica else {
        // SQLite has no replicas; the settings reject one.
        assert_eq!(ann.event_types().await, ["REGISTERED"]);
        return;
    };
    assert_eq!(ann.event_types().await, Vec::<String>::new());

    for state in [State::Frozen, State::Cut] {
        way.set(state);
        let asked_at = Instant::now();
        assert_eq!(ann.event_types().await, ["REGISTERED"], "{state:?}");
        assert!(asked_at.elapsed() < Duration::from_secs(8), "{state:?}");
        way.set(State::Open);
        wait_for_history(&ann, true).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_decides_about_access_is_read_from_a_replica() {
    let (app, replica) = with_lagging_replica().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;
    let listed = ann.sessions(json!({ "first": 100 })).await;
    let nodes = listed.at("/data/me/sessions/nodes").as_array().unwrap();
    assert_eq!(nodes.len(), 2);

    ann.revoke_session(&phone.session_id).await.ok();

    phone.me().await.assert_error("UNAUTHENTICATED");
    assert!(ann.is_signed_in().await);
    drop(replica);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_is_away_does_not_prevent_the_start() {
    let url = "postgres://nobody@127.0.0.1:1/nothing".to_owned();
    let is_postgres = TestDatabase::create().await.url.starts_with("postgres");
    let app = TestApp::with(|config| {
        config.database.replica = is_postgres.then(|| Replica {
            shown_url: url.clone(),
            url: url.into(),
        });
    })
    .await;
    let ann = app.signed_up("ann").await;
    assert_eq!(ann.event_types().await, ["REGISTERED"]);
}
