//! Questions about the schema, where it answers any.

use std::collections::BTreeMap;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::production;
use crate::support::{Reply, TestApp};

#[tokio::test]
async fn lists_of_the_schema_do_not_multiply() {
    let app = TestApp::start().await;
    let nested = |open: &str, n: usize| {
        format!(
            "{{ __schema {{ types {{ name {} name {} }} }} }}",
            open.repeat(n),
            "} }".repeat(n)
        )
    };
    for document in [
        // What graphql-cop sends.
        "{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }"
            .to_owned(),
        nested("possibleTypes { interfaces {", 3),
        nested("fields { type {", 3),
        nested("fields { args {", 3),
    ] {
        let reply = app.anonymous().graphql(&document, json!({})).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{document}");
        reply.assert_error("QUERY_TOO_COMPLEX");
    }
    let tools = include_str!("../../documents/introspection.graphql");
    let reply = app.anonymous().graphql(tools, json!({})).await;
    reply.ok();
    assert!(reply.body.to_string().len() < 300_000);
}

#[tokio::test]
async fn no_way_of_asking_makes_production_speak_of_its_schema() {
    let app = production().await;
    let ann = app.signed_up("ann").await;
    for document in [
        "{ __schema { types { name } } }",
        "{ __type(name: \"User\") { name fields { name } } }",
        "{ a: __type(name: \"Query\") { name } b: __schema { queryType { name } } }",
        "{ ...A } fragment A on Query { __schema { mutationType { fields { name } } } }",
        "{ ... on Query { __schema { directives { name } } } }",
        "{ ... @include(if: true) { __schema @skip(if: false) { types { name } } } }",
        "query Q { __typename } query R { __schema { types { name } } }",
        "query R { me { __typename } __schema { types { name } } }",
        "mutation R { logout { __typename } __schema { types { name } } }",
        "{ me { __schema { types { name } } } }",
        "{ _service { sdl } }",
        "{ _entities(representations: []) { __typename } }",
        "subscription R { __schema { types { name } } }",
    ] {
        for client in [app.anonymous(), (*ann).clone()] {
            for name in [Value::Null, json!("R")] {
                let body = json!({ "query": document, "operationName": name }).to_string();
                let text = client.send(body).await.body.to_string();
                for known in [
                    "AuthTokens",
                    "\"User\",",
                    "\"Mutation\"",
                    "skip",
                    "Session",
                    "fields",
                ] {
                    assert!(!text.contains(known), "{known} in {text} to {document}");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_schema_names_its_own_types_where_that_is_switched_on() {
    let app = TestApp::with_settings(
        &[
            ("GATEHOUSE_PROFILE", "production"),
            ("GATEHOUSE_INTROSPECTION", "on"),
        ],
        |_| {},
    )
    .await;
    let reply = app
        .anonymous()
        .graphql("{ __type(name: \"User\") { name } }", json!({}))
        .await;
    assert_eq!(reply.ok()["name"], "User");
}

/// The longest way down from `name`; panics where there is no end.
fn height<'a>(
    name: &'a str,
    types: &'a BTreeMap<String, Vec<String>>,
    above: &mut Vec<&'a str>,
) -> usize {
    assert!(
        !above.contains(&name),
        "a circle: {above:?} and {name} again"
    );
    above.push(name);
    let below = types[name].iter().filter(|kind| types.contains_key(*kind));
    let deepest = below
        .map(|kind| height(kind, types, above))
        .max()
        .unwrap_or(0);
    above.pop();
    deepest + 1
}

#[tokio::test]
async fn no_type_leads_back_to_itself() {
    let app = TestApp::start().await;
    let document = include_str!("../../documents/introspection.graphql");
    let reply = app.anonymous().graphql(document, json!({})).await;
    let named = |field: &Value| {
        let mut kind = &field["type"];
        while !kind["ofType"].is_null() {
            kind = &kind["ofType"];
        }
        kind["name"].as_str().unwrap().to_owned()
    };
    let types: BTreeMap<String, Vec<String>> = reply
        .at("/data/__schema/types")
        .as_array()
        .unwrap()
        .iter()
        .filter(|kind| {
            kind["fields"].is_array() && !kind["name"].as_str().unwrap().starts_with("__")
        })
        .map(|kind| {
            let fields = kind["fields"]
                .as_array()
                .unwrap()
                .iter()
                .map(named)
                .collect();
            (kind["name"].as_str().unwrap().to_owned(), fields)
        })
        .collect();
    // A leaf is one level more. Depth is limited to 10, and no honest document needs that.
    for root in ["Query", "Mutation"] {
        assert!(height(root, &types, &mut Vec::new()) < 9);
    }
}

/// A request error: no `data`, and a message that says what is disabled.
#[track_caller]
fn assert_disabled(reply: &Reply, document: &str) {
    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{document}");
    assert!(
        reply.body.get("data").is_none(),
        "{document}: {}",
        reply.body
    );
    assert_eq!(reply.at("/errors/0/extensions/code"), "BAD_REQUEST");
    let message = reply.text("/errors/0/message");
    assert!(message.contains("Introspection is disabled"), "{message}");
    assert!(reply.at("/errors/1").is_null(), "{}", reply.body);
}

#[tokio::test]
async fn disabled_introspection_is_a_request_error_with_the_reason() {
    let off = [("GATEHOUSE_INTROSPECTION", "off")];
    for app in [
        production().await,
        TestApp::with_settings(&off, |_| {}).await,
    ] {
        for document in [
            include_str!("../../documents/introspection.graphql"),
            "{ __schema { types { name } } }",
            "{ a: __type(name: \"User\") { name } }",
            "{ me { id } ...A } fragment A on Query { ... on Query { __schema { __typename } } }",
            "{ me { id } } fragment Unused on Query { __type(name: \"User\") { name } }",
            "query R { me { id } } query Q { __schema { __typename } }",
            "mutation R { logout { loggedOut } __schema { __typename } }",
            "{ me { __schema { __typename } } }",
            "query R($no: Boolean = false) { __schema @include(if: $no) { __typename } }",
        ] {
            let name = document.contains(" R").then_some("R");
            let body = json!({ "query": document, "operationName": name }).to_string();
            assert_disabled(&app.anonymous().send(body).await, document);
        }
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let by_get = http
            .get(app.url("/graphql"))
            .query(&[("query", "{ __schema { types { name } } }")])
            .send()
            .await
            .unwrap();
        assert_disabled(&Reply::read(by_get).await, "by GET");
        let usual = app
            .anonymous()
            .graphql("{ __typename authSettings { __typename } }", json!({}))
            .await;
        assert_eq!(usual.at("/data/__typename"), "Query");
    }
}

#[tokio::test]
async fn disabled_introspection_is_never_kept_as_a_persisted_query() {
    let app = production().await;
    let document = "{ __schema { types { name } } }";
    let hash = hex::encode(aws_lc_rs::digest::digest(
        &aws_lc_rs::digest::SHA256,
        document.as_bytes(),
    ));
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let with_text = json!({ "query": document, "extensions": extensions }).to_string();
    for _ in 0..2 {
        assert_disabled(&app.anonymous().send(with_text.clone()).await, document);
        let by_hash = json!({ "extensions": extensions }).to_string();
        let reply = app.anonymous().send(by_hash).await;
        assert_eq!(
            reply.at("/errors/0/extensions/code"),
            "PERSISTED_QUERY_NOT_FOUND"
        );
    }
}
