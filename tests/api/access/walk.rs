//! Every field that can be reached from `Query` and `Mutation`, read from the service itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::table::Table;
use crate::support::TestApp;

/// What has to be known of a field to ask for it.
pub(super) struct Field {
    /// The name of its type, without list and null marks.
    pub(super) of: String,
    /// The type of its argument `input`, where it has one.
    pub(super) input: Option<String>,
    has_fields: bool,
}

impl Field {
    /// How to select it, as shortly as possible.
    pub(super) fn selection(&self, name: &str) -> String {
        match name {
            "userErrors" => "userErrors { code }".to_owned(),
            _ if self.has_fields => format!("{name} {{ __typename }}"),
            _ => name.to_owned(),
        }
    }
}

pub(super) type Fields = BTreeMap<String, Field>;

/// The fields of every type that an answer can hold.
pub(super) async fn reachable(app: &TestApp) -> BTreeMap<String, Fields> {
    let document = include_str!("../documents/introspection.graphql");
    let reply = app.anonymous().graphql(document, json!({})).await;
    let types: BTreeMap<&str, &Value> = reply
        .at("/data/__schema/types")
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| (kind["name"].as_str().unwrap(), kind))
        .collect();
    let mut found = BTreeMap::new();
    let mut waiting = vec!["Query".to_owned(), "Mutation".to_owned()];
    while let Some(name) = waiting.pop() {
        let kind = types[&*name];
        if found.contains_key(&name) || !kind["fields"].is_array() {
            continue;
        }
        let fields: Fields = kind["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| {
                (
                    field["name"].as_str().unwrap().to_owned(),
                    read(field, &types),
                )
            })
            .collect();
        waiting.extend(fields.values().map(|field| field.of.clone()));
        for list in ["interfaces", "possibleTypes"] {
            let related = kind[list].as_array().into_iter().flatten();
            waiting.extend(related.map(named));
        }
        found.insert(name, fields);
    }
    found
}

fn read(field: &Value, types: &BTreeMap<&str, &Value>) -> Field {
    let of = named(&field["type"]);
    let arguments = field["args"].as_array().unwrap();
    let input = arguments
        .iter()
        .find(|argument| argument["name"] == "input");
    Field {
        has_fields: types[&*of]["fields"].is_array(),
        input: input.map(|argument| named(&argument["type"])),
        of,
    }
}

fn named(kind: &Value) -> String {
    match &kind["ofType"] {
        Value::Null => kind["name"].as_str().unwrap().to_owned(),
        inner => named(inner),
    }
}

#[tokio::test]
async fn the_table_lists_every_field_and_no_other() {
    let app = TestApp::start().await;
    let schema = reachable(&app).await;
    let in_schema: BTreeSet<(String, String)> = schema
        .iter()
        .flat_map(|(kind, fields)| fields.keys().map(|name| (kind.clone(), name.clone())))
        .collect();
    let table = Table::read();
    let by_link = schema["User"]
        .keys()
        .map(|name| ("User by link".to_owned(), name.clone()));
    let expected: BTreeSet<_> = in_schema.iter().cloned().chain(by_link).collect();
    let listed: BTreeSet<_> = table.fields().cloned().collect();
    let missing: Vec<_> = expected.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&expected).collect();
    assert!(
        missing.is_empty(),
        "decide who may see, and list: {missing:#?}"
    );
    assert!(gone.is_empty(), "listed, and not in the schema: {gone:#?}");
    assert!(in_schema.len() > 150, "{}", in_schema.len());
}
