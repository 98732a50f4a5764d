//! `me.securityEvents`

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{PASSWORD, SignedUp, TestApp};

#[tokio::test]
async fn every_change_is_in_the_history() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let step = || app.advance(TimeDelta::seconds(1));
    step();
    app.anonymous().login("ann", "not it").await;
    step();
    let phone = ann.login_again().await;
    step();
    ann.update_profile(json!({ "name": "Ann" })).await.ok();
    step();
    ann.update_profile(json!({ "email": "lee@example.org", "currentPassword": PASSWORD }))
        .await
        .ok();
    step();
    let tablet = app.anonymous().login("ann", PASSWORD).await;
    let tablet = SignedUp::from_reply(&app.anonymous(), &tablet);
    step();
    ann.revoke_session(&tablet.session_id).await.ok();
    step();
    let changed = ann
        .change_password(PASSWORD, "seven teapots hum at dawn")
        .await;
    let ann = SignedUp::from_reply(&app.anonymous(), &changed);

    assert_eq!(
        ann.event_types().await,
        [
            "PASSWORD_CHANGED",
            "SESSION_REVOKED",
            "LOGIN_SUCCEEDED",
            "EMAIL_CHANGE_REQUESTED",
            "PROFILE_UPDATED",
            "LOGIN_SUCCEEDED",
            "LOGIN_FAILED",
            "REGISTERED",
        ]
    );
    assert!(!phone.is_signed_in().await);
    let page = ann.security_events(json!({ "first": 100 })).await;
    let nodes = page.at("/data/me/securityEvents/nodes").as_array().unwrap();
    assert!(
        nodes
            .iter()
            .all(|node| node["deviceName"] == "Firefox on Linux")
    );
}

#[tokio::test]
async fn what_changed_nothing_is_not_in_the_history() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.update_profile(json!({})).await.ok();
    ann.update_profile(json!({ "name": null, "username": "ann" }))
        .await
        .ok();
    ann.change_password("not it", "seven teapots hum at dawn")
        .await;
    ann.revoke_other_sessions().await.ok();
    assert_eq!(ann.event_types().await, ["REGISTERED"]);
}

#[tokio::test]
async fn an_event_knows_its_session_also_after_that_has_ended() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::seconds(1));
    let phone = ann.login_again().await;
    app.advance(TimeDelta::seconds(1));
    phone.logout().await.ok();

    let reply = ann.security_events(json!({})).await;

    let session = reply.at("/data/me/securityEvents/nodes/0/session");
    assert_eq!(session["id"], phone.session_id);
    assert_eq!(session["endedAt"], "2027-01-15T08:00:02.000Z");
    assert_eq!(
        reply.at("/data/me/securityEvents/nodes/2/session/current"),
        &json!(true)
    );
}

#[tokio::test]
async fn a_page_of_a_hundred_takes_as_many_statements_as_a_page_of_one() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for n in 0..100 {
        ann.update_profile(json!({ "name": format!("Ann {n}") }))
            .await
            .ok();
    }
    let cost = async |first: usize| {
        let before = app.statements().await;
        let reply = ann.security_events(json!({ "first": first })).await;
        assert_eq!(
            reply
                .at("/data/me/securityEvents/nodes")
                .as_array()
                .unwrap()
                .len(),
            first
        );
        app.statements().await - before
    };

    let (one, hundred) = (cost(1).await, cost(100).await);

    assert_eq!(one, hundred);
    // Who asks, the user, the events, their sessions; and the question itself.
    assert!(hundred <= 5, "{hundred} statements");
}

#[tokio::test]
async fn pages_of_events_of_one_moment_follow_each_other() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for n in 0..9 {
        ann.update_profile(json!({ "name": format!("Ann {n}") }))
            .await
            .ok();
    }
    let mut seen = BTreeSet::new();
    let mut after = Value::Null;
    for page in 0..3 {
        let reply = ann
            .security_events(json!({ "first": 4, "after": after }))
            .await;
        let events = reply.at("/data/me/securityEvents").clone();
        for node in events["nodes"].as_array().unwrap() {
            assert!(seen.insert(node["id"].as_str().unwrap().to_owned()));
        }
        assert_eq!(events["pageInfo"]["hasNextPage"], page < 2);
        after = events["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(seen.len(), 10);
    let behind = ann.security_events(json!({ "after": after })).await;
    assert_eq!(behind.at("/data/me/securityEvents/nodes"), &json!([]));
}

#[tokio::test]
async fn events_go_after_a_year() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::days(366));
    app.run_workers().await;
    let again = ann.login_again().await;
    assert_eq!(again.event_types().await, ["LOGIN_SUCCEEDED"]);
}
