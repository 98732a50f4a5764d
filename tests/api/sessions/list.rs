//! `me.sessions`

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::TestApp;

#[tokio::test]
async fn the_sessions_that_stand_are_listed_newest_first() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.advance(TimeDelta::minutes(1));
    let ended = ann.login_again().await;
    ended.logout().await.ok();
    let phone = ann.login_again().await;
    app.signed_up("bob").await;

    let reply = ann.sessions(json!({})).await;

    let nodes = reply.at("/data/me/sessions/nodes").as_array().unwrap();
    let ids: Vec<&str> = nodes
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, [&phone.session_id, &ann.session_id]);
    assert_eq!(nodes[0]["current"], false);
    assert_eq!(nodes[1]["current"], true);
    assert_eq!(nodes[1]["endedAt"], json!(null));
    assert_eq!(nodes[1]["expiresAt"], "2027-02-14T08:00:00.000Z");
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    // Several of one moment, so that the order within it matters.
    for _ in 0..6 {
        ann.login_again().await;
    }
    let mut seen = BTreeSet::new();
    let mut after = Value::Null;
    let mut pages = 0;
    loop {
        let reply = ann.sessions(json!({ "first": 3, "after": after })).await;
        let page = reply.at("/data/me/sessions").clone();
        for node in page["nodes"].as_array().unwrap() {
            assert!(
                seen.insert(node["id"].as_str().unwrap().to_owned()),
                "{node} comes twice"
            );
        }
        pages += 1;
        assert_eq!(page["pageInfo"]["hasPreviousPage"], pages > 1);
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!((seen.len(), pages), (7, 3));
}

#[tokio::test]
async fn a_page_has_one_to_a_hundred_records() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for first in [0, -1, 101, i32::MAX] {
        let reply = ann.sessions(json!({ "first": first })).await;
        reply.assert_error("BAD_REQUEST");
        let message = reply.text("/errors/0/message");
        assert!(message.contains("1 to 100"), "{message}");
    }
    ann.sessions(json!({ "first": 100 })).await.ok();
    ann.sessions(json!({ "first": null })).await.ok();
}

#[tokio::test]
async fn a_cursor_is_one_that_was_given() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for after in ["", "x", "AAAA", "\0", "f////////////////////////////////w"] {
        let reply = ann.sessions(json!({ "after": after })).await;
        reply.assert_error("BAD_REQUEST");
    }
}
