//! Documents that ask for too much are refused before anything of them runs.

use std::fmt::Write as _;

use reqwest::StatusCode;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

fn fields(n: usize, of: &str) -> String {
    (0..n).fold(String::new(), |mut text, i| {
        write!(text, "a{i}: {of} ").unwrap();
        text
    })
}

/// `n` fragments that spread the next one twice.
fn fan_out(n: usize) -> String {
    let mut text = "query { ...F0 }".to_owned();
    for i in 0..n {
        write!(text, " fragment F{i} on Query {{ ...F{0} ...F{0} }}", i + 1).unwrap();
    }
    write!(text, " fragment F{n} on Query {{ __typename }}").unwrap();
    text
}

#[tokio::test]
async fn a_document_over_a_limit_is_rejected_with_the_reason_and_not_executed() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let nested = format!(
        "{{ me {}id{} }}",
        "{ sessions { nodes ".repeat(9),
        "} }".repeat(9)
    );
    let logins = fields(
        2,
        "login(input: { identifier: \"ann\", password: \"violet otters juggle quietly\" }) { userErrors { code } }",
    );
    for (document, what) in [
        (format!("{{ {} }}", fields(16, "__typename")), "aliases"),
        (format!("{{ me {{ {} }} }}", "id ".repeat(1000)), "fields"),
        (fan_out(30), "fragment definitions"),
        (
            fan_out(9).replace("__typename", &"__typename ".repeat(4)),
            "fields",
        ),
        (
            "{ ...A } fragment A on Query { ...A }".to_owned(),
            "contains itself",
        ),
        (
            format!("mutation {{ {logins} }}"),
            "beside a mutation that must be sent alone",
        ),
        (
            format!("{{ me {} {{ id }} }}", "@skip(if: false) ".repeat(6)),
            "directives",
        ),
        (format!("{{ me {{ {} }} }}", "id ".repeat(2000)), "tokens"),
        (nested, "levels of fields"),
    ] {
        let statements = app.statements().await;
        let reply = ann.graphql(&document, json!({})).await;
        reply.assert_error("QUERY_TOO_COMPLEX");
        let message = reply.text("/errors/0/message");
        assert!(message.contains(what), "{message}");
        assert_eq!(reply.at("/data"), &json!(null));
        assert_eq!(
            app.statements().await,
            statements,
            "not even the credential is looked up"
        );
    }
    assert!(ann.is_signed_in().await);
    app.anonymous().login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_request_that_names_its_media_type_gets_a_400() {
    let app = TestApp::start().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let response = http
        .post(app.url("/graphql"))
        .header("accept", "application/graphql-response+json")
        .json(&json!({ "query": fan_out(30) }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn deep_and_long_values_do_not_hurt() {
    let app = TestApp::start().await;
    let nested = [
        format!("{}1{}", "[".repeat(900), "]".repeat(900)),
        format!("{}1{}", "{a:".repeat(400), "}".repeat(400)),
    ];
    let long = [
        format!("\"{}\"", "x".repeat(60_000)),
        format!("\"\"\"{}\"\"\"", "x".repeat(60_000)),
    ];
    let document = |value: &str| format!("{{ accountDeletion(receipt: {value}) {{ status }} }}");
    for value in nested {
        let reply = app.anonymous().graphql(&document(&value), json!({})).await;
        reply.assert_error("QUERY_TOO_COMPLEX");
    }
    for value in long {
        let reply = app.anonymous().graphql(&document(&value), json!({})).await;
        assert_eq!(reply.body, json!({ "data": { "accountDeletion": null } }));
    }
    let variables = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
    let body = format!("{{\"query\":\"{{ me {{ id }} }}\",\"variables\":{{\"a\":{variables}}}}}");
    app.anonymous().send(body).await.assert_error("BAD_REQUEST");
    assert_eq!(
        app.anonymous().me().await.at("/data/me"),
        &json!(null),
        "it lives"
    );
}

#[tokio::test]
async fn production_says_one_thing_of_every_document_that_cannot_run() {
    let variables = [("GATEHOUSE_PROFILE", "production")];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    let mut answers = Vec::new();
    for document in [
        "{ me { pasword } }",
        "{ nothing }",
        "{ me { id ",
        "mutation { register(input: { emial: 1 }) { userErrors { code } } }",
        "{ a: nothing b: nothing }",
    ] {
        let reply = app.anonymous().graphql(document, json!({})).await;
        reply.assert_error("BAD_REQUEST");
        answers.push(reply.body);
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:#?}"
    );
    let message = answers[0]["errors"][0]["message"].as_str().unwrap();
    assert_eq!(message, "The document cannot be executed.");
    let limited = app.anonymous().graphql(&fan_out(30), json!({})).await;
    limited.assert_error("QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn every_answer_says_what_it_may_not_be_used_for() {
    let app = TestApp::start().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for path in [
        "/graphql",
        "/.well-known/jwks.json",
        "/graphiql",
        "/dev/mail",
        "/nothing",
    ] {
        let answer = http.get(app.url(path)).send().await.unwrap();
        let headers = answer.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        let year = "max-age=31536000";
        assert_eq!(headers["strict-transport-security"], year, "{path}");
    }
}

#[tokio::test]
async fn https_is_demanded_of_subdomains_where_it_is_set() {
    let variables = [("GATEHOUSE_HSTS_SUBDOMAINS", "on")];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    let answer = reqwest::get(app.url("/graphql")).await.unwrap();
    assert_eq!(
        answer.headers()["strict-transport-security"],
        "max-age=31536000; includeSubDomains"
    );
}

#[tokio::test]
async fn brackets_behind_an_odd_string_are_counted_all_the_same() {
    let app = TestApp::start().await;
    let deep = "[".repeat(30_000);
    for (document, code, what) in [
        (
            format!(r#"{{ f(x: """\\""" """, y: {deep}"#),
            "QUERY_TOO_COMPLEX",
            "nested too deep",
        ),
        (
            format!(r#"{{ f(x: [""" a" {deep}"#),
            "BAD_REQUEST",
            "a block string does not end",
        ),
    ] {
        let reply = app.anonymous().graphql(&document, json!({})).await;
        reply.assert_error(code);
        let message = reply.text("/errors/0/message");
        assert!(message.contains(what), "{message}");
    }
}

#[tokio::test]
async fn a_variable_that_does_not_fit_its_use_rejects_the_whole_request() {
    let variables = [("GATEHOUSE_PROFILE", "production")];
    for app in [
        TestApp::start().await,
        TestApp::with_settings(&variables, |_| {}).await,
    ] {
        let ann = app.signed_up("ann").await;
        for (document, variables) in [
            (
                "mutation($p: String) { logout { loggedOut } revokeSession(input: { sessionId: $p }) { userErrors { code } } }",
                json!({}),
            ),
            (
                "mutation($p: String) { logout { loggedOut } revokeSession(input: { sessionId: $p }) { userErrors { code } } }",
                json!({ "p": null }),
            ),
            (
                "mutation($i: RevokeSessionInput) { logout { loggedOut } revokeSession(input: $i) { userErrors { code } } }",
                json!({}),
            ),
            (
                "mutation($i: [RevokeSessionInput]) { logout { loggedOut } revokeSession(input: $i) { userErrors { code } } }",
                json!({ "i": [] }),
            ),
            (
                "mutation($p: String) { login(input: { identifier: \"ann\", password: $p }) { userErrors { code } } }",
                json!({}),
            ),
            (
                "query($r: String) { ...D } fragment D on Query { accountDeletion(receipt: $r) { status } }",
                json!({}),
            ),
            (
                "query($n: Boolean) { me @skip(if: $n) { id } }",
                json!({ "n": null }),
            ),
            (
                "query($n: Boolean) { me { ... on User @include(if: $n) { id } } }",
                json!({}),
            ),
            (
                "query($a: LoginInput) { __typename }",
                json!({ "a": { "too deep": 1 } }),
            ),
        ] {
            let reply = ann.graphql(document, variables).await;
            reply.assert_error("BAD_REQUEST");
            assert_eq!(
                reply.at("/data"),
                &json!(null),
                "{document}: {:#}",
                reply.body
            );
            assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        }
        assert!(ann.is_signed_in().await, "no logout ran");
    }
}

#[tokio::test]
async fn earlier_documents_change_no_result() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    for (document, wrong, right) in [
        (
            "query($n: Boolean) { me @skip(if: $n) { id } }",
            json!({ "n": null }),
            json!({ "n": true }),
        ),
        (
            "mutation($p: Int) { login(input: { identifier: \"b\", password: $p }) { userErrors { code } } }",
            json!({ "p": 1 }),
            json!({}),
        ),
    ] {
        let before = client.graphql(document, wrong.clone()).await;
        before.assert_error("BAD_REQUEST");
        client.graphql(document, right).await;
        let after = client.graphql(document, wrong).await;
        assert_eq!(after.body, before.body);
    }
}

#[tokio::test]
async fn an_optional_variable_may_be_left_out() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let document = "mutation($n: String, $l: String) { updateProfile(input: { name: $n, locale: $l }) { user { name locale } userErrors { code } } }";
    ann.graphql(document, json!({ "n": "Ann", "l": "de" }))
        .await
        .ok();
    let reply = ann.graphql(document, json!({ "l": "fr" })).await;
    assert_eq!(reply.ok()["user"], json!({ "name": "Ann", "locale": "fr" }));
}
