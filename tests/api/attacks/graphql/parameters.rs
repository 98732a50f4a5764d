//! Requests whose parameters say two things, or something else than they seem.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{aliased, http};
use crate::support::TestApp;

#[tokio::test]
async fn a_duplicate_parameter_is_rejected() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for body in [
        r#"{"query":"{ __typename }","query":"mutation { logout { loggedOut } }"}"#,
        r#"{"query":"mutation { logout { loggedOut } }","query":"mutation { logout { loggedOut } }"}"#,
        r#"{"query":"{ __typename }","qu\u0065ry":"mutation { logout { loggedOut } }"}"#,
        r#"{"query":"query A { __typename } mutation B { logout { loggedOut } }","operationName":"A","operationName":"B"}"#,
        r#"{"query":"{ __typename }","variables":{},"variables":{"a":1}}"#,
        r#"{"query":"mutation($i: LoginInput!) { login(input: $i) { userErrors { code } } }","variables":{"i":{"identifier":"ann","password":"x","identifier":"bob"}}}"#,
        r#"{"query":"{ __typename }","extensions":{"a":[{"b":1,"b":2}]}}"#,
    ] {
        let reply = ann.send(body.to_owned()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}");
        reply.assert_error("BAD_REQUEST");
        assert_eq!(reply.body.get("data"), None);
    }
    for address in [
        "/graphql?query=%7B__typename%7D&query=%7B__typename%7D",
        "/graphql?query=%7B__typename%7D&variables=%7B%22a%22:1,%22a%22:2%7D",
    ] {
        let response = http().get(app.url(address)).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{address}");
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn the_name_of_an_operation_chooses_and_nothing_else() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let document = "query A { me { id } } mutation B { logout { loggedOut } }";
    let send = |query: &str, name: Value| {
        let body = json!({ "query": query, "operationName": name }).to_string();
        let ann = ann.clone();
        async move { ann.send(body).await }
    };
    for name in [
        Value::Null,
        json!(""),
        json!("a"),
        json!("A "),
        json!("A\u{0}"),
        json!("B,A"),
        json!("x".repeat(50_000)),
        json!(["A", "B"]),
        json!({ "A": "B" }),
        json!(0),
        json!(true),
    ] {
        let reply = send(document, name.clone()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{name:.20}");
        reply.assert_error("BAD_REQUEST");
        assert_eq!(reply.body.get("data"), None);
    }
    for twice in [
        "query A { me { id } } mutation A { logout { loggedOut } }",
        "{ me { id } } mutation A { logout { loggedOut } }",
        "{ me { id } } mutation { logout { loggedOut } }",
    ] {
        let reply = send(twice, json!("A")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{twice}");
    }
    assert_eq!(
        send(document, json!("A")).await.at("/data/me/id"),
        &*ann.user_id
    );
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn a_get_reads_whatever_operation_it_names() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let document = "query A { me { id } } mutation B { logout { loggedOut } }";
    let get = |name: Option<&str>| {
        let mut query = vec![("query", document)];
        query.extend(name.map(|name| ("operationName", name)));
        http()
            .get(app.url("/graphql"))
            .query(&query)
            .bearer_auth(&ann.access_token)
            .send()
    };
    for name in [None, Some("B"), Some(""), Some("C")] {
        let status = get(name).await.unwrap().status();
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{name:?}");
    }
    assert_eq!(get(Some("A")).await.unwrap().status(), StatusCode::OK);
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn variables_are_what_was_declared_and_those_beside_them_are_nothing() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let document = "query($first: Int = 1) { me { sessions(first: $first) { nodes { id } } } }";
    let extra = json!({ "first": 2, "FIRST": 3, "$first": 4, "query": "{ x }", "__proto__": { "first": 5 } });
    ann.graphql(document, extra).await.ok();
    for first in [
        json!("2"),
        json!([2]),
        json!({ "a": 2 }),
        json!(true),
        json!(2.5),
        json!(9_999_999_999_u64),
    ] {
        let statements = app.statements().await;
        let reply = ann.graphql(document, json!({ "first": first })).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{first}");
        reply.assert_error("BAD_REQUEST");
        assert!(
            app.statements().await - statements <= 1,
            "{first}: no more than the session"
        );
    }
    for document in [
        "query($a: Int, $a: Int) { me { id } }",
        "query($a: Nothing!) { me { id } }",
        "query($a: User) { me { id } }",
        "query { me { sessions(first: $first) { nodes { id } } } }",
        "query($first: String) { me { sessions(first: $first) { nodes { id } } } }",
    ] {
        let reply = ann.graphql(document, json!({ "first": "1" })).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{document}");
    }
}

#[tokio::test]
async fn what_is_skipped_does_not_run_and_counts_all_the_same() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for document in [
        "mutation { logout @skip(if: true) { loggedOut } }",
        "mutation { logout @include(if: false) { loggedOut } }",
        "mutation { logout @skip(if: true) @include(if: true) { loggedOut } }",
        "mutation { ... @skip(if: true) { logout { loggedOut } } }",
        "mutation { ...A @include(if: false) } fragment A on Mutation { logout { loggedOut } }",
    ] {
        let reply = ann.graphql(document, json!({})).await;
        assert_eq!(reply.body, json!({ "data": {} }), "{document}");
    }
    for document in [
        "mutation @skip(if: true) { logout { loggedOut } }",
        "mutation { logout @skip { loggedOut } }",
        "mutation { logout @skip(if: \"true\") { loggedOut } }",
        "mutation { logout @skip(if: null) { loggedOut } }",
        "mutation { logout @skip(if: false) @skip(if: true) { loggedOut } }",
        "mutation { logout @skip(if: false, if: true) { loggedOut } }",
        "mutation { logout @defer { loggedOut } }",
    ] {
        let reply = ann.graphql(document, json!({})).await;
        assert_eq!(
            reply.status,
            StatusCode::BAD_REQUEST,
            "{document}: {}",
            reply.body
        );
    }
    assert!(ann.is_signed_in().await);
    let many = "...A @skip(if: true) ".repeat(100);
    let fields = "__typename ".repeat(11);
    let document = format!("{{ __typename {many} }} fragment A on Query {{ {fields} }}");
    let reply = ann.graphql(&document, json!({})).await;
    reply.assert_error("QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn nobody_gets_another_document_stored_under_a_hash() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    // SHA-256 of `{ __typename }`.
    let hash = "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b";
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    let document = "query { me { id } }";
    let body = json!({ "query": document, "extensions": extensions }).to_string();
    ann.send(body).await.assert_error("BAD_REQUEST");
    let by_hash = json!({ "extensions": extensions }).to_string();
    let reply = ann.send(by_hash.clone()).await;
    assert!(
        !reply.body.to_string().contains(&ann.user_id),
        "{}",
        reply.body
    );
    reply.assert_error("PERSISTED_QUERY_NOT_FOUND");
    // What is too much is too much under any hash, and is not kept either.
    let wide = format!("{{ {} }}", aliased(16, "__typename"));
    let body = json!({ "query": wide, "extensions": extensions }).to_string();
    assert_ne!(app.anonymous().send(body).await.at("/data/a0"), "Query");
    assert_ne!(app.anonymous().send(by_hash).await.at("/data/a0"), "Query");
}

#[tokio::test]
async fn a_cheap_operation_does_not_vouch_for_the_dear_one_beside_it() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let fields = "id current createdAt lastUsedAt expiresAt endedAt userAgent deviceName";
    let pages = aliased(
        15,
        &format!("sessions(first: 100) {{ nodes {{ {fields} }} }}"),
    );
    let document = format!("query A {{ me {{ id }} }} query B {{ me {{ {pages} }} }}");
    for name in ["A", "B", "A", "B"] {
        let body = json!({ "query": document, "operationName": name }).to_string();
        let reply = ann.send(body).await;
        assert!(reply.at("/data/me/a0").is_null(), "{name}");
    }
    let named = format!(
        "query($n: Int) {{ me {{ {} }} }}",
        pages.replace("100", "$n")
    );
    ann.graphql(&named, json!({ "n": 1 })).await.ok();
    ann.graphql(&named, json!({ "n": 100 }))
        .await
        .assert_error("QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn a_field_at_the_root_that_fails_was_executed_all_the_same() {
    let app = TestApp::start().await;
    let document = "mutation { revokeOtherSessions { revokedSessionCount } }";
    let reply = app.anonymous().graphql(document, json!({})).await;
    assert_eq!(reply.status, StatusCode::OK);
    reply.assert_error("UNAUTHENTICATED");
    assert_eq!(reply.body.get("data"), Some(&Value::Null));
    assert_eq!(reply.at("/errors/0/path"), &json!(["revokeOtherSessions"]));
}
