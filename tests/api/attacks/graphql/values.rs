//! Values that are too large, too deep, of the wrong kind, or no text at all.

use std::collections::BTreeMap;

use reqwest::StatusCode;
use serde_json::{Map, Value, json};

use super::aliased;
use crate::support::TestApp;

/// The mutations with an input that must be given: their input's type, and that one's fields with their types.
async fn inputs(app: &TestApp) -> BTreeMap<String, (String, BTreeMap<String, String>)> {
    let document = "{ mutation: __type(name: \"Mutation\") { fields { name args { type { ofType { name } } } } } \
        __schema { types { name inputFields { name type { name ofType { name } } } } } }";
    let reply = app.anonymous().graphql(document, json!({})).await;
    let name = |kind: &Value| kind["name"].as_str().unwrap().to_owned();
    let types: BTreeMap<String, &Value> = reply
        .at("/data/__schema/types")
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| (name(kind), kind))
        .collect();
    let mutations = reply.at("/data/mutation/fields").as_array().unwrap().iter();
    mutations
        .filter(|field| !field["args"][0]["type"]["ofType"].is_null())
        .map(|field| {
            let input = name(&field["args"][0]["type"]["ofType"]);
            let fields = types[&input]["inputFields"].as_array().unwrap().iter();
            let fields = fields.map(|field| {
                let kind = &field["type"];
                let inner = if kind["name"].is_null() {
                    &kind["ofType"]
                } else {
                    kind
                };
                (name(field), name(inner))
            });
            (name(field), (input, fields.collect()))
        })
        .collect()
}

/// The input with `value` in every field that takes text.
fn filled(fields: &BTreeMap<String, String>, value: &Value) -> Value {
    let fields = fields.iter().filter(|(_, kind)| *kind != "Boolean");
    Value::Object(
        fields
            .map(|(name, _)| (name.clone(), value.clone()))
            .collect::<Map<_, _>>(),
    )
}

#[tokio::test]
async fn no_text_anywhere_causes_an_internal_error() {
    let app = TestApp::start().await;
    let texts = [
        String::new(),
        "\0".to_owned(),
        "ann\0@example.org".to_owned(),
        "\u{ffff}\u{202e}\u{feff}".to_owned(),
        "' OR 1=1; --".to_owned(),
        "{{7*7}}${jndi:ldap://x}%s%n".to_owned(),
        "a\r\nBcc: eve@example.org".to_owned(),
        "\u{1F469}\u{200D}\u{1F4BB}".repeat(1000),
        "é".repeat(3000),
    ];
    for (name, (input, fields)) in inputs(&app).await {
        let ann = app.signed_up(&format!("{}1", name.to_lowercase())).await;
        let document = format!(
            "mutation($i: {input}!) {{ {name}(input: $i) {{ userErrors {{ code message }} }} }}"
        );
        for text in &texts {
            for client in [app.anonymous(), (*ann).clone()] {
                let variables = json!({ "i": filled(&fields, &json!(text)) });
                let reply = client.graphql(&document, variables).await;
                assert!(reply.status.as_u16() < 500, "{name}: {}", reply.body);
                let code = reply.at("/errors/0/extensions/code");
                assert_ne!(code, "INTERNAL", "{name} with {text:.40}: {}", reply.body);
                let is_alright = reply.at(&format!("/data/{name}/userErrors")) == &json!([]);
                assert!(
                    !is_alright || name == "requestEmailVerification",
                    "{name} took {text:.40}"
                );
            }
        }
        assert!(ann.is_signed_in().await, "{name}");
    }
}

#[tokio::test]
async fn a_value_of_another_kind_stops_every_mutation_before_it_begins() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let wrong = [
        json!({ "$gt": 0 }),
        json!({ "$ne": null }),
        json!(["x"]),
        json!([[["x"]]]),
        json!(true),
        json!(1.5),
    ];
    for (name, (input, fields)) in inputs(&app).await {
        let document =
            format!("mutation($i: {input}!) {{ {name}(input: $i) {{ userErrors {{ code }} }} }}");
        for value in &wrong {
            let (statements, hashes) = (app.statements().await, app.hashes().await);
            let reply = ann
                .graphql(&document, json!({ "i": filled(&fields, value) }))
                .await;
            assert_eq!(
                reply.status,
                StatusCode::BAD_REQUEST,
                "{name} with {value}: {}",
                reply.body
            );
            reply.assert_error("BAD_REQUEST");
            assert!(
                app.statements().await - statements <= 1,
                "{name}: no more than the session"
            );
            assert_eq!(app.hashes().await, hashes, "{name}");
        }
        for whole in [
            json!(null),
            json!([]),
            json!("x"),
            json!([filled(&fields, &json!("x"))]),
        ] {
            let reply = ann.graphql(&document, json!({ "i": whole })).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{name} with {whole}");
        }
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn halves_of_characters_are_no_text() {
    let app = TestApp::start().await;
    for body in [
        r#"{"query":"{ accountDeletion(receipt: \"\ud800\") { status } }"}"#,
        r#"{"query":"{ accountDeletion(receipt: \"\udc00\ud800\") { status } }"}"#,
        r#"{"query":"query($r: String!) { accountDeletion(receipt: $r) { status } }","variables":{"r":"\ud800"}}"#,
        r#"{"query":"query($r: String!) { accountDeletion(receipt: $r) { status } }","variables":{"\ud800":"r"}}"#,
        r#"{"query":"{ accountDeletion(receipt: \"\\ud800\") { status } }"}"#,
        r#"{"query":"{ accountDeletion(receipt: \"\\uD83D\\uDC69\") { status } }"}"#,
        r#"{"query":"{ accountDeletion(receipt: \"\\u12\") { status } }"}"#,
    ] {
        let reply = app.anonymous().send(body.to_owned()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}");
        reply.assert_error("BAD_REQUEST");
    }
    let nul = r#"{"query":"{ accountDeletion(receipt: \"\\u0000\") { status } }"}"#;
    let reply = app.anonymous().send(nul.to_owned()).await;
    assert_eq!(reply.body, json!({ "data": { "accountDeletion": null } }));
}

#[tokio::test]
async fn a_string_of_a_million_characters_is_not_read() {
    let app = TestApp::start().await;
    let long = "x".repeat(1_000_000);
    let literal = format!("{{ accountDeletion(receipt: \"{long}\") {{ status }} }}");
    let block = format!("{{ accountDeletion(receipt: \"\"\"{long}\"\"\") {{ status }} }}");
    for body in [
        json!({ "query": literal }),
        json!({ "query": block }),
        json!({ "query": "query($r: String!) { accountDeletion(receipt: $r) { status } }", "variables": { "r": long } }),
        json!({ "query": "{ __typename }", "operationName": long }),
        json!({ "query": "{ __typename }", "extensions": { "x": long } }),
        json!({ "query": "{ __typename }", long: 1 }),
    ] {
        let reply = app.anonymous().send(body.to_string()).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(reply.body.to_string().len() < 200);
    }
    assert_eq!(
        app.anonymous().me().await.body,
        json!({ "data": { "me": null } })
    );
}

#[tokio::test]
async fn every_invalid_page_size_is_rejected() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for list in ["sessions", "securityEvents"] {
        for first in [
            "101",
            "2147483647",
            "-1",
            "-2147483648",
            "0",
            "9999999999",
            "1e2",
            "1e400",
            "1.0",
            "\"1\"",
            "[1]",
        ] {
            let document = format!("{{ me {{ {list}(first: {first}) {{ nodes {{ id }} }} }} }}");
            let reply = ann.graphql(&document, json!({})).await;
            assert_eq!(
                reply.at("/errors/0/extensions/code"),
                "BAD_REQUEST",
                "{first}"
            );
            assert_eq!(reply.at("/data/me"), &Value::Null, "{first}");
        }
        // Asking for many costs as much where the number is in a variable or its default.
        let fields = "id deviceName userAgent ipAddress";
        let nodes = format!("nodes {{ {fields} }} edges {{ cursor node {{ {fields} }} }}");
        let pages = aliased(15, &format!("{list}(first: $n) {{ {nodes} }}"));
        for (declared, given) in [
            ("$n: Int", json!({ "n": 100 })),
            ("$n: Int = 100", json!({})),
        ] {
            let reply = ann
                .graphql(&format!("query({declared}) {{ me {{ {pages} }} }}"), given)
                .await;
            reply.assert_error("QUERY_TOO_COMPLEX");
        }
        let few = format!("query($n: Int) {{ me {{ {pages} }} }}");
        ann.graphql(&few, json!({ "n": 1 })).await.ok();
    }
}
