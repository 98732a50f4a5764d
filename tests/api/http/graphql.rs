//! The GraphQL endpoint, as HTTP sees it.

use reqwest::header::{ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_TYPE};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

use crate::support::{PASSWORD, Reply, TestApp};

fn http() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

fn post(app: &TestApp, content_type: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
    http()
        .post(app.url("/graphql"))
        .header(CONTENT_TYPE, content_type)
        .body(body)
}

fn content_type(response: &Response) -> &str {
    response.headers()[CONTENT_TYPE].to_str().unwrap()
}

const ME: &str = r#"{"query":"{ me { id } }"}"#;

#[tokio::test]
async fn answers_are_never_cached_and_carry_the_name_of_the_request() {
    let app = TestApp::start().await;
    let response = post(&app, "application/json", ME).send().await.unwrap();
    assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    assert_eq!(
        response.headers()["x-request-id"].to_str().unwrap().len(),
        36
    );
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn fields_are_returned_in_the_requested_order() {
    let app = TestApp::start().await;
    let body = r#"{"query":"{ authSettings { usernamesEnabled registrationOpen } me { id } }"}"#;
    let text = post(&app, "application/json", body)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let expected =
        r#"{"data":{"authSettings":{"usernamesEnabled":true,"registrationOpen":true},"me":null}}"#;
    assert_eq!(text, expected);
}

#[tokio::test]
async fn the_client_chooses_the_media_type() {
    let app = TestApp::start().await;
    for (accept, expected) in [
        ("*/*", "application/json; charset=utf-8"),
        ("application/json", "application/json; charset=utf-8"),
        (
            "application/graphql-response+json",
            "application/graphql-response+json; charset=utf-8",
        ),
        (
            "application/graphql-response+json,application/json;q=0.9",
            "application/graphql-response+json; charset=utf-8",
        ),
    ] {
        let response = post(&app, "application/json", ME)
            .header(ACCEPT, accept)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(content_type(&response), expected, "{accept}");
    }
    let response = post(&app, "application/json", ME)
        .header(ACCEPT, "text/html")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn a_document_that_cannot_run_is_a_bad_request() {
    let app = TestApp::start().await;
    for (query, variables, said) in [
        ("{ me { id }", json!({}), "Syntax error"),
        ("", json!({}), "Syntax error"),
        ("{ mee { id } }", json!({}), "mee"),
        ("{ me }", json!({}), "me"),
        (
            "query($a: String!) { accountDeletion(receipt: $a) { status } }",
            json!({}),
            "$a",
        ),
        (
            "query($a: String!) { accountDeletion(receipt: $a) { status } }",
            json!({ "a": null }),
            "$a",
        ),
        (
            "query($a: String!) { accountDeletion(receipt: $a) { status } }",
            json!({ "a": 5 }),
            "$a",
        ),
        (
            "query($a: String!) { accountDeletion(receipt: $a) { status } }",
            json!({ "a": ["x"] }),
            "$a",
        ),
        (
            "query($a: Int) { me { sessions(first: $a) { nodes { id } } } }",
            json!({ "a": 1.5 }),
            "$a",
        ),
        (
            "mutation($i: LoginInput!) { login(input: $i) { userErrors { code } } }",
            json!({ "i": { "identifier": "ann" } }),
            "password",
        ),
        (
            "mutation($i: LoginInput!) { login(input: $i) { userErrors { code } } }",
            json!({ "i": { "identifier": "ann", "password": "x", "admin": true } }),
            "admin",
        ),
    ] {
        let reply = app.anonymous().graphql(query, variables).await;
        assert_eq!(
            reply.status,
            StatusCode::BAD_REQUEST,
            "{query}: {}",
            reply.body
        );
        assert_eq!(reply.body.get("data"), None);
        reply.assert_error("BAD_REQUEST");
        assert!(
            reply.text("/errors/0/message").contains(said),
            "{query}: {}",
            reply.body
        );
    }
}

#[tokio::test]
async fn a_missing_variable_stops_the_first_mutation_too() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let document = "mutation($id: ID!) {
        logout { loggedOut }
        revokeSession(input: { sessionId: $id }) { userErrors { code } }
    }";
    let reply = ann.graphql(document, json!({})).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn clients_that_ask_for_plain_json_by_name_get_its_status_codes() {
    let app = TestApp::start().await;
    let broken = r#"{"query":"{"}"#;
    let legacy = post(&app, "application/json", broken).header(ACCEPT, "application/json");
    let response = legacy.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    Reply::read(response).await.assert_error("BAD_REQUEST");
    let modern =
        post(&app, "application/json", broken).header(ACCEPT, "application/graphql-response+json");
    assert_eq!(
        modern.send().await.unwrap().status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn the_body_is_one_json_object() {
    let app = TestApp::start().await;
    for body in [
        "",
        "{",
        "[]",
        "[{\"query\":\"{ me { id } }\"}]",
        "null",
        "\"{ me { id } }\"",
        "{}",
        "{\"query\":5}",
        "{\"query\":\"{ me { id } }\",\"variables\":[]}",
        "{\"query\":\"{ me { id } }\",\"variables\":\"x\"}",
        "{\"query\":\"{ me { id } }\",\"operationName\":5}",
        "{\"query\":\"{ me { id } }\",\"extensions\":[]}",
        "\u{feff}{}",
    ] {
        let response = post(&app, "application/json", body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{body}");
        Reply::read(response).await.assert_error("BAD_REQUEST");
    }
    let not_text = post(&app, "application/json", vec![0xff, 0xfe])
        .send()
        .await
        .unwrap();
    assert_eq!(not_text.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn only_json_is_read() {
    let app = TestApp::start().await;
    for media_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=latin1",
        "application/jsonx",
    ] {
        let response = post(&app, media_type, ME).send().await.unwrap();
        assert_eq!(
            response.status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{media_type}"
        );
    }
    let none = http()
        .post(app.url("/graphql"))
        .body(ME)
        .send()
        .await
        .unwrap();
    assert_eq!(none.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for (encoding, status) in [
        ("gzip", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("identity, br", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("identity", StatusCode::OK),
    ] {
        let body = json!({ "query": "{ me { id } }" });
        let request = http().post(app.url("/graphql")).json(&body);
        let response = request
            .header("content-encoding", encoding)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), status, "{encoding}");
    }
    let utf8 = post(&app, "application/json; charset=UTF-8", ME)
        .send()
        .await
        .unwrap();
    assert_eq!(utf8.status(), StatusCode::OK);
}

#[tokio::test]
async fn queries_may_come_by_get_and_mutations_may_not() {
    let app = TestApp::start().await;
    let get = |query: &str| {
        http()
            .get(app.url("/graphql"))
            .query(&[("query", query)])
            .send()
    };
    for document in [
        "{ authSettings { registrationOpen } }",
        "query Q { authSettings { registrationOpen } }",
    ] {
        let read = get(document).await.unwrap();
        assert_eq!(read.status(), StatusCode::OK, "{document}");
    }
    for document in [
        "mutation { logout { loggedOut } }",
        "mutation M { logout { loggedOut } }",
        "query Q { me { id } } mutation M { logout { loggedOut } }",
        "subscription { x }",
    ] {
        let write = get(document).await.unwrap();
        assert_eq!(write.status(), StatusCode::METHOD_NOT_ALLOWED, "{document}");
        assert!(write.headers()[ALLOW].to_str().unwrap().contains("POST"));
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        let response = http()
            .request(method.clone(), app.url("/graphql"))
            .send()
            .await
            .unwrap();
        assert_eq!(
            response.status(),
            StatusCode::METHOD_NOT_ALLOWED,
            "{method}"
        );
    }
}

#[tokio::test]
async fn a_large_body_is_rejected_early() {
    let app = TestApp::start().await;
    let body = json!({ "query": format!("{{ me {{ id }} }} #{}", "x".repeat(65_536)) }).to_string();
    let response = post(&app, "application/json", body).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    Reply::read(response).await.assert_error("BAD_REQUEST");
}

#[tokio::test]
async fn an_endless_body_is_rejected_early() {
    let app = TestApp::start().await;
    let endless = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 8192]));
    let body = reqwest::Body::wrap_stream(endless);
    let response = post(&app, "application/json", body).send().await;
    // Either the answer arrives, or the connection is closed while the client still sends.
    if let Ok(response) = response {
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    app.signed_up("ann").await;
}

#[tokio::test]
async fn an_endless_body_times_out() {
    let app = TestApp::with(|config| {
        config.limits.request_timeout = std::time::Duration::from_millis(300);
    })
    .await;
    let stalled = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let body = reqwest::Body::wrap_stream(stalled);
    let response = post(&app, "application/json", body).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
}

#[tokio::test]
async fn a_long_line_of_garbage_is_not_repeated() {
    let app = TestApp::start().await;
    for garbage in ["%".repeat(20_000), format!("\"{}\"", "x".repeat(20_000))] {
        let document = format!("{{ me {garbage} }}");
        let reply = app.anonymous().graphql(&document, json!({})).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        assert!(reply.body.to_string().len() < 500, "{}", reply.body);
    }
}

#[tokio::test]
async fn too_much_in_one_document_is_too_complex() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let page =
        "sessions(first: 100) { nodes { id current createdAt lastUsedAt expiresAt deviceName } }";
    let many: Vec<String> = (0..20).map(|n| format!("p{n}: {page}")).collect();
    let wide = ann
        .graphql(&format!("{{ me {{ {} }} }}", many.join(" ")), json!({}))
        .await;
    assert_eq!(wide.status, StatusCode::BAD_REQUEST);
    wide.assert_error("QUERY_TOO_COMPLEX");
    let nested = format!(
        "{{ __schema {}{} }}",
        "{ types { fields { type ".repeat(6),
        "} } }".repeat(6)
    );
    let deep = ann
        .graphql(&nested.replace("type }", "type { name } }"), json!({}))
        .await;
    assert_eq!(deep.status, StatusCode::BAD_REQUEST);
    ann.graphql(&format!("{{ me {{ {page} }} }}"), json!({}))
        .await
        .ok();
}

#[tokio::test]
async fn of_several_operations_the_one_named_runs() {
    let app = TestApp::start().await;
    let document =
        "query A { me { id } } query B($x: String!) { accountDeletion(receipt: $x) { status } }";
    let send = |name: Value| {
        let body = json!({ "query": document, "operationName": name, "variables": {} }).to_string();
        let client = app.anonymous();
        async move { client.send(body).await }
    };
    send(json!("A")).await.ok();
    for name in [json!("B"), json!("C"), json!(null)] {
        assert_eq!(
            send(name.clone()).await.status,
            StatusCode::BAD_REQUEST,
            "{name}"
        );
    }
}

#[tokio::test]
async fn the_schema_is_silent_about_itself_in_production() {
    let app = TestApp::with_settings(&[("GATEHOUSE_PROFILE", "production")], |_| {}).await;
    let reply = app
        .anonymous()
        .graphql("{ __schema { types { name } } }", json!({}))
        .await;
    assert!(reply.body.get("data").is_none(), "{}", reply.body);
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    app.anonymous().register(input).await.ok();
}
