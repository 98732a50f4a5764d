//! Invalid input: values of another JSON type, and unknown fields.

use serde_json::{Map, Value, json};

use crate::support::TestApp;

const INTROSPECTION: &str = "{ __schema {
  mutationType { fields { name args { name type { ...T } } type { kind ofType { kind } } } }
  queryType { fields { name args { name type { ...T } } } }
  types { name inputFields { name type { ...T } } }
} } fragment T on __Type { kind name ofType { kind name ofType { kind name } } }";

/// `String!`, and whether it must be there.
fn written(of_type: &Value) -> (String, bool) {
    if of_type["kind"] == "NON_NULL" {
        return (format!("{}!", written(&of_type["ofType"]).0), true);
    }
    (of_type["name"].as_str().unwrap().to_owned(), false)
}

/// Something that fits the type.
fn fitting(of_type: &str) -> Value {
    match of_type.trim_end_matches('!') {
        "Boolean" => json!(true),
        "Int" => json!(1),
        "PasskeyPurpose" => json!("SIGN_IN"),
        _ => json!("something"),
    }
}

/// What does not, and what another language or database might make something of.
fn wrong(of_type: &str) -> Vec<Value> {
    // Every value is JSON.
    if of_type.starts_with("JSON") {
        return of_type
            .ends_with('!')
            .then_some(Value::Null)
            .into_iter()
            .collect();
    }
    let mut values = vec![
        json!({ "$gt": 0 }),
        json!({}),
        json!(["x"]),
        json!([[]]),
        json!(1.5),
    ];
    match of_type.trim_end_matches('!') {
        "Boolean" => values.extend([json!("true"), json!(1)]),
        "Int" => values.extend([json!("1"), json!(true), json!(4_294_967_296_u64)]),
        "ID" => values.push(json!(true)),
        _ => values.extend([json!(true), json!(1)]),
    }
    if of_type.ends_with('!') {
        values.push(Value::Null);
    }
    values
}

/// What a mutation takes.
struct Input {
    mutation: String,
    of_type: String,
    /// Name and type.
    fields: Vec<(String, String)>,
}

fn inputs(schema: &Value) -> Vec<Input> {
    let mut inputs = Vec::new();
    for mutation in schema["mutationType"]["fields"].as_array().unwrap() {
        for argument in mutation["args"].as_array().unwrap() {
            assert_eq!(argument["name"], "input", "{mutation}");
            let (input, _) = written(&argument["type"]);
            let types = schema["types"].as_array().unwrap();
            let of_input = types
                .iter()
                .find(|it| it["name"] == input.trim_end_matches('!'));
            let fields = of_input.unwrap()["inputFields"].as_array().unwrap();
            let fields = fields.iter().map(|field| {
                let name = field["name"].as_str().unwrap().to_owned();
                (name, written(&field["type"]).0)
            });
            inputs.push(Input {
                mutation: mutation["name"].as_str().unwrap().to_owned(),
                of_type: input.clone(),
                fields: fields.collect(),
            });
        }
    }
    inputs
}

async fn schema(app: &TestApp) -> Value {
    let reply = app.anonymous().graphql(INTROSPECTION, json!({})).await;
    reply.at("/data/__schema").clone()
}

#[tokio::test]
async fn no_mutation_accepts_another_json_type_or_an_unknown_field() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let schema = schema(&app).await;
    let inputs = inputs(&schema);
    assert_eq!(inputs.len(), 26);
    for Input {
        mutation,
        of_type,
        fields,
    } in inputs
    {
        let document =
            format!("mutation($input: {of_type}) {{ {mutation}(input: $input) {{ __typename }} }}");
        let right: Map<String, Value> = fields
            .iter()
            .map(|(name, of_type)| (name.clone(), fitting(of_type)))
            .collect();
        let mut attempts = vec![json!("x"), json!([]), json!(1)];
        if of_type.ends_with('!') {
            attempts.push(Value::Null);
        }
        for (name, of_type) in &fields {
            for value in wrong(of_type) {
                let mut input = right.clone();
                input.insert(name.clone(), value);
                attempts.push(Value::Object(input));
            }
        }
        for (extra, value) in [
            ("role", json!("ADMIN")),
            ("isAdmin", json!(true)),
            ("id", json!("0")),
            ("userId", json!(ann.user_id)),
            ("status", json!("ACTIVE")),
            ("emailVerified", json!(true)),
            ("__proto__", json!({})),
        ] {
            if right.contains_key(extra) {
                continue;
            }
            let mut input = right.clone();
            input.insert(extra.to_owned(), value);
            attempts.push(Value::Object(input));
        }
        let statements = app.statements().await;
        for input in &attempts {
            let reply = app
                .anonymous()
                .graphql(&document, json!({ "input": input }))
                .await;
            reply.assert_error("BAD_REQUEST");
            assert_eq!(reply.at("/data"), &Value::Null, "{mutation} {input}");
        }
        assert_eq!(app.statements().await, statements, "{mutation}");
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn no_argument_of_a_query_takes_another_json_type() {
    let app = TestApp::start().await;
    let schema = schema(&app).await;
    let mut tried = 0;
    for query in schema["queryType"]["fields"].as_array().unwrap() {
        for argument in query["args"].as_array().unwrap() {
            let (field, name) = (&query["name"], &argument["name"]);
            let (field, name) = (field.as_str().unwrap(), name.as_str().unwrap());
            let (of_type, _) = written(&argument["type"]);
            let document =
                format!("query($x: {of_type}) {{ {field}({name}: $x) {{ __typename }} }}");
            for value in wrong(&of_type) {
                let reply = app
                    .anonymous()
                    .graphql(&document, json!({ "x": value }))
                    .await;
                reply.assert_error("BAD_REQUEST");
                tried += 1;
            }
        }
    }
    assert!(tried > 0);
}

#[tokio::test]
async fn no_input_gives_what_only_an_operator_may_give() {
    let app = TestApp::start().await;
    let schema = schema(&app).await;
    for Input {
        mutation, fields, ..
    } in inputs(&schema)
    {
        for (field, _) in fields {
            let name = field.to_lowercase();
            // Found among the viewer's own.
            let own = field == "sessionId" || (mutation == "removeFactor" && field == "id");
            let words = [
                "role",
                "admin",
                "permission",
                "scope",
                "group",
                "verified",
                "status",
                "created",
                "hash",
                "scheme",
                "hint",
                "question",
                "answer",
                "secret",
                "expires",
                "locked",
                "owner",
            ];
            let word = words.iter().find(|word| name.contains(*word));
            assert_eq!(word, None, "{mutation}.{field}");
            assert!(
                own || !(name == "id" || field.ends_with("Id")),
                "{mutation}.{field}"
            );
        }
    }
}
