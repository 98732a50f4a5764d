//! Documents that are made to cost more than they may.

use std::fmt::Write as _;

use reqwest::StatusCode;
use serde_json::json;

use super::aliased;
use crate::support::{Client, TestApp};

/// Sends `document`, which has to be refused for its size before anything of it is looked up.
async fn assert_refused(app: &TestApp, client: &Client, document: &str) {
    let statements = app.statements().await;
    let reply = client.graphql(document, json!({})).await;
    reply.assert_error("QUERY_TOO_COMPLEX");
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert_eq!(reply.body.get("data"), None);
    assert!(reply.body.to_string().len() < 300, "{}", reply.body);
    assert_eq!(app.statements().await, statements, "{document:.80}");
}

/// `n` fragments that spread the next one twice; the last one holds `names`.
fn fan_out(n: usize, names: &str) -> String {
    let mut text = "query { ...F0 }".to_owned();
    for i in 0..n {
        write!(text, " fragment F{i} on Query {{ ...F{0} ...F{0} }}", i + 1).unwrap();
    }
    write!(text, " fragment F{n} on Query {{ {names} }}").unwrap();
    text
}

#[tokio::test]
async fn a_hundred_and_one_aliases_of_the_free_field_are_too_many() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    assert_refused(&app, &ann, &format!("{{ {} }}", aliased(101, "__typename"))).await;
    let spread = aliased(8, "__typename");
    let spread = format!("{{ ...A ...A }} fragment A on Query {{ {spread} }}");
    assert_refused(&app, &ann, &spread).await;
    let inline = format!("{{ ... on Query {{ {} }} }}", aliased(16, "__typename"));
    assert_refused(&app, &ann, &inline).await;
    let few = format!("{{ {} }}", aliased(15, "__typename"));
    ann.graphql(&few, json!({})).await.ok();
}

#[tokio::test]
async fn fragments_that_spread_each_other_cost_what_they_spread() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    // Neither number is one at which a service without the limit would be busy for long.
    assert_refused(&app, &ann, &fan_out(12, "__typename")).await;
    let wide = fan_out(9, &"__typename ".repeat(4));
    assert_refused(&app, &ann, &wide).await;
}

#[tokio::test]
async fn fragments_that_contain_each_other_are_rejected() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for document in [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "{ me { ...A } } fragment A on User { id ...B } fragment B on User { ... on User { ...A } }",
        "{ __typename } fragment A on Query { __typename ...A }",
        "query Q { __typename } query R { ...A } fragment A on Query { ...B @skip(if: true) } \
         fragment B on Query { ...A @include(if: false) }",
    ] {
        assert_refused(&app, &ann, document).await;
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn ten_thousand_levels_of_anything_are_rejected_before_they_are_parsed() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
    let value = |value: String| format!("{{ accountDeletion(receipt: {value}) {{ status }} }}");
    for document in [
        deep("{me", "}"),
        "{me".repeat(10_000),
        deep("{...", "}"),
        value(deep("[", "]")),
        value(deep("{a:", "}")),
        value(deep("[{a:", "}]")),
        format!("query($a: {}) {{ me {{ id }} }}", deep("[", "]")),
        format!("query($a: Int = {}) {{ me {{ id }} }}", deep("[", "]")),
        format!("{{ me @skip(if: {}) {{ id }} }}", deep("[", "]")),
    ] {
        assert_refused(&app, &ann, &document).await;
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn directives_are_counted_wherever_they_stand() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for many in [
        "@aa ".repeat(10),
        "@skip(if: false) ".repeat(10),
        "@a@b@c@d@e@f".to_owned(),
    ] {
        for document in [
            format!("query {many} {{ __typename }}"),
            format!("query($a: Int {many}) {{ __typename }}"),
            format!("{{ __typename {many} }}"),
            format!("{{ ... {many} {{ __typename }} }}"),
            format!("{{ ...A {many} }} fragment A on Query {{ __typename }}"),
            format!("{{ ...A }} fragment A on Query {many} {{ __typename }}"),
        ] {
            assert_refused(&app, &ann, &document).await;
        }
    }
}

#[tokio::test]
async fn a_field_requested_five_hundred_times_is_returned_once() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let once = ann.graphql("{ me { id __typename } }", json!({})).await;
    let statements = app.statements().await;
    let document = format!("{{ me {{ {} }} }}", "id __typename ".repeat(490));
    let often = ann.graphql(&document, json!({})).await;
    assert_eq!(often.ok(), once.ok());
    // The session of the credential with its user.
    assert_eq!(app.statements().await - statements, 1);
    assert_refused(
        &app,
        &ann,
        &format!("{{ me {{ {} }} }}", "id ".repeat(1000)),
    )
    .await;
}

#[tokio::test]
async fn the_largest_answer_is_bounded() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let chatty = app.anonymous().with_user_agent(&"x".repeat(4000));
    for _ in 0..20 {
        chatty.login("ann", crate::support::PASSWORD).await.ok();
    }
    let page = "sessions(first: 100) { nodes { id createdAt lastUsedAt expiresAt ipAddress userAgent deviceName } }";
    let (mut refused, mut largest) = (0, 0);
    for pages in 1..=15 {
        let document = format!("{{ me {{ {} }} }}", aliased(pages, page));
        let reply = ann.graphql(&document, json!({})).await;
        if reply.status == StatusCode::BAD_REQUEST {
            reply.assert_error("QUERY_TOO_COMPLEX");
            refused += 1;
        } else {
            reply.ok();
            largest = largest.max(reply.body.to_string().len());
        }
    }
    assert!(refused > 0, "no answer is too large");
    let records = 21 * (15 - refused);
    assert!(largest < records * 1024, "{largest} for {records} records");
}

#[tokio::test]
async fn every_operation_of_a_document_is_judged_whichever_is_named() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let wide = aliased(16, "__typename");
    let document = format!("query A {{ __typename }} query B {{ {wide} }}");
    let body = json!({ "query": document, "operationName": "A" }).to_string();
    ann.send(body).await.assert_error("QUERY_TOO_COMPLEX");
}
