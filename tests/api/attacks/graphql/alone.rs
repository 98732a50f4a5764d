//! Guessing many secrets with one request.

use serde_json::{Value, json};

use crate::support::TestApp;

/// The mutations that can be repeated: they end sessions or a change of the caller and reveal nothing.
const REPEATABLE: [&str; 4] = [
    "logout",
    "revokeSession",
    "revokeOtherSessions",
    "cancelEmailChange",
];

/// The mutations of the schema.
async fn mutations(app: &TestApp) -> Vec<String> {
    let document = "{ __type(name: \"Mutation\") { fields { name } } }";
    let reply = app.anonymous().graphql(document, json!({})).await;
    let fields = reply.at("/data/__type/fields").as_array().unwrap().clone();
    fields
        .iter()
        .map(|field| field["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn no_mutation_that_takes_a_secret_or_mails_can_be_tried_twice_in_a_document() {
    let app = TestApp::start().await;
    let names = mutations(&app).await;
    let mut refused = 0;
    for name in &names {
        for document in [
            format!("mutation {{ {name} {{ __typename }} b: {name} {{ __typename }} }}"),
            format!("mutation {{ logout {{ loggedOut }} {name} {{ __typename }} }}"),
            format!(
                "mutation {{ {name} {{ __typename }} ...A }} fragment A on Mutation {{ b: {name} {{ __typename }} }}"
            ),
            format!(
                "mutation {{ ...A ...A }} fragment A on Mutation {{ a: {name} {{ __typename }} }}"
            ),
            format!(
                "mutation {{ a: {name} @skip(if: true) {{ __typename }} ... {{ b: {name} {{ __typename }} }} }}"
            ),
        ] {
            let reply = app.anonymous().graphql(&document, json!({})).await;
            if REPEATABLE.contains(&&**name) {
                assert_ne!(reply.at("/errors/0/extensions/code"), "QUERY_TOO_COMPLEX");
            } else {
                reply.assert_error("QUERY_TOO_COMPLEX");
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 5 * (names.len() - REPEATABLE.len()));
}

#[tokio::test]
async fn forty_guesses_in_one_request_check_no_password() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let hashes = app.hashes().await;
    let guess = |n: usize| {
        format!(
            "a{n}: login(input: {{ identifier: \"ann\", password: \"guess {n}\" }}) {{ tokens {{ accessToken }} }} "
        )
    };
    let guesses: String = (0..40).map(guess).collect();
    let reply = app
        .anonymous()
        .graphql(&format!("mutation {{ {guesses} }}"), json!({}))
        .await;
    reply.assert_error("QUERY_TOO_COMPLEX");
    let two: String = (0..2).map(guess).collect();
    let reply = app
        .anonymous()
        .graphql(&format!("mutation {{ {two} }}"), json!({}))
        .await;
    reply.assert_error("QUERY_TOO_COMPLEX");
    let operations = format!(
        "mutation M0 {{ {} }} mutation M1 {{ {} }}",
        guess(0),
        guess(1)
    );
    let body = json!({ "query": operations, "operationName": "M1" }).to_string();
    // Two operations, of which one runs: one guess.
    assert_eq!(
        app.anonymous().send(body).await.at("/data/a1/tokens"),
        &Value::Null
    );
    assert_eq!(app.hashes().await, hashes + 1);
}

#[tokio::test]
async fn each_guess_is_charged_however_it_is_wrapped() {
    let app = TestApp::with_settings(&[("GATEHOUSE_LIMIT_LOGIN", "3/1h")], |_| {}).await;
    let login =
        "login(input: { identifier: \"ann\", password: \"a guess\" }) { userErrors { code } }";
    for document in [
        format!("mutation {{ {login} }}"),
        format!("mutation M {{ alias: {login} }}"),
        format!("mutation M {{ ...A }} fragment A on Mutation {{ ... on Mutation {{ {login} }} }}"),
    ] {
        let reply = app.anonymous().graphql(&document, json!({})).await;
        assert_eq!(
            reply.payload()["userErrors"][0]["code"],
            "INVALID_CREDENTIALS"
        );
    }
    let fourth = format!("mutation {{ ... @include(if: true) {{ x: {login} }} }}");
    app.anonymous()
        .graphql(&fourth, json!({}))
        .await
        .assert_error("RATE_LIMITED");
}

#[tokio::test]
async fn nobody_signs_in_by_a_query() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let hashes = app.hashes().await;
    let login = "login(input: { identifier: \"ann\", password: \"violet otters juggle quietly\" }) { tokens { accessToken } }";
    for document in [
        format!("{{ {login} }}"),
        format!("query {{ {login} }}"),
        format!("query {{ ... on Mutation {{ {login} }} }}"),
        format!("query {{ ...A }} fragment A on Mutation {{ {login} }}"),
        format!("query {{ me {{ {login} }} }}"),
        format!("subscription {{ {login} }}"),
    ] {
        let reply = app.anonymous().graphql(&document, json!({})).await;
        assert_eq!(
            reply.at("/errors/0/extensions/code"),
            "BAD_REQUEST",
            "{document}"
        );
        assert!(
            !reply.body.to_string().contains("accessToken\":"),
            "{}",
            reply.body
        );
    }
    assert_eq!(app.hashes().await, hashes);
}
