//! Automatic persisted queries: a document is sent once and then requested by its hash.

use aws_lc_rs::digest::{SHA256, digest};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::support::{Reply, TestApp};

/// As Apollo's clients hash.
pub(super) fn sha256(text: &str) -> String {
    hex::encode(digest(&SHA256, text.as_bytes()))
}

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

/// Returns a request for the document of this hash, with or without its text.
fn asked(query: Option<&str>, hash: &str) -> String {
    let mut body = json!({ "extensions": persisted(hash) });
    if let Some(query) = query {
        body["query"] = query.into();
    }
    body.to_string()
}

fn get(app: &TestApp, parameters: &[(&str, &str)]) -> RequestBuilder {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    http.get(app.url("/graphql")).query(parameters)
}

const DOCUMENT: &str = "{ authSettings { usernamesEnabled } }";

#[tokio::test]
async fn a_document_is_known_by_its_hash_once_it_was_sent() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    let hash = sha256(DOCUMENT);

    let unknown = client.send(asked(None, &hash)).await;
    unknown.assert_error("PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(unknown.text("/errors/0/message"), "PersistedQueryNotFound");
    assert_eq!(unknown.status, StatusCode::OK, "as Apollo's server answers");

    let sent = client.send(asked(Some(DOCUMENT), &hash)).await;
    assert_eq!(sent.at("/data/authSettings/usernamesEnabled"), &json!(true));
    let known = client.send(asked(None, &hash)).await;
    assert_eq!(known.body, sent.body);
    let empty_text = client.send(asked(Some(""), &hash)).await;
    assert_eq!(empty_text.body, sent.body);
}

#[tokio::test]
async fn get_accepts_queries_and_rejects_mutations() {
    let app = TestApp::start().await;
    let extensions = |hash: &str| persisted(hash).to_string();
    app.anonymous()
        .send(asked(Some(DOCUMENT), &sha256(DOCUMENT)))
        .await
        .ok();
    let answer = get(&app, &[("extensions", &extensions(&sha256(DOCUMENT)))]);
    let reply = Reply::read(answer.send().await.unwrap()).await;
    assert_eq!(
        reply.at("/data/authSettings/usernamesEnabled"),
        &json!(true)
    );
    assert_eq!(reply.headers["cache-control"], "no-store");

    let logout = "mutation { logout { loggedOut } }";
    app.anonymous()
        .send(asked(Some(logout), &sha256(logout)))
        .await
        .ok();
    let answer = get(&app, &[("extensions", &extensions(&sha256(logout)))]);
    let reply = Reply::read(answer.send().await.unwrap()).await;
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_hash_that_is_not_the_text_s_is_rejected_and_takes_no_place() {
    let app = TestApp::start().await;
    let (good, evil) = (sha256(DOCUMENT), "{ me { id } }");
    for hash in [good.as_str(), "", "é", &good.to_uppercase()[..63]] {
        let reply = app.anonymous().send(asked(Some(evil), hash)).await;
        reply.assert_error("BAD_REQUEST");
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    }
    let reply = app.anonymous().send(asked(None, &good)).await;
    reply.assert_error("PERSISTED_QUERY_NOT_FOUND");
}

#[tokio::test]
async fn an_invalid_persisted_query_is_rejected() {
    let app = TestApp::start().await;
    for extension in [
        json!({}),
        json!(null),
        json!("hash"),
        json!({ "version": 2, "sha256Hash": sha256(DOCUMENT) }),
        json!({ "version": "1", "sha256Hash": sha256(DOCUMENT) }),
        json!({ "version": 1, "sha256Hash": { "$gt": "" } }),
        json!({ "version": 1 }),
    ] {
        let body = json!({ "query": DOCUMENT, "extensions": { "persistedQuery": extension } });
        let reply = app.anonymous().send(body.to_string()).await;
        reply.assert_error("BAD_REQUEST");
        let message = reply.text("/errors/0/message");
        assert!(message.contains("sha256Hash"), "{message}");
    }
}

#[tokio::test]
async fn what_cannot_run_is_not_kept() {
    let app = TestApp::start().await;
    for (document, code) in [
        ("{ nothing }", "BAD_REQUEST"),
        ("{ me { id", "BAD_REQUEST"),
        ("{ ...A } fragment A on Query { ...A }", "QUERY_TOO_COMPLEX"),
    ] {
        let hash = sha256(document);
        let reply = app.anonymous().send(asked(Some(document), &hash)).await;
        reply.assert_error(code);
        let again = app.anonymous().send(asked(None, &hash)).await;
        again.assert_error("PERSISTED_QUERY_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_document_met_again_is_judged_by_the_variables_of_each_request() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let document = "query ($first: Int, $deep: Boolean = true) { me { sessions(first: $first) { nodes { id device: deviceName
        ip: ipAddress ua: userAgent at: createdAt until: expiresAt @include(if: $deep) } } } }";
    let hash = sha256(document);
    let ask = |variables: Value| {
        let mut body: Value = serde_json::from_str(&asked(Some(document), &hash)).unwrap();
        body["variables"] = variables;
        body.to_string()
    };
    let few = ann.send(ask(json!({ "first": 1 }))).await;
    assert_eq!(
        few.at("/data/me/sessions/nodes/0/device"),
        &json!("Firefox on Linux")
    );
    let shown = few.at("/data/me/sessions/nodes/0").as_object().unwrap();
    assert!(shown.contains_key("until"));
    let without = ann.send(ask(json!({ "first": 1, "deep": false }))).await;
    let shown = without.at("/data/me/sessions/nodes/0").as_object().unwrap();
    assert!(!shown.contains_key("until"), "{shown:?}");
    for wrong in [json!({ "first": "1" }), json!({ "first": 1, "deep": "no" })] {
        let reply = ann.send(ask(wrong)).await;
        reply.assert_error("BAD_REQUEST");
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    }
    let strict = app
        .second_instance_with(|config| config.limits.max_complexity = 50)
        .await;
    let ann_there = ann.at(strict.api);
    assert_eq!(
        ann_there
            .send(ask(json!({ "first": 1 })))
            .await
            .at("/errors"),
        &json!(null)
    );
    let many = ann_there.send(ask(json!({ "first": 100 }))).await;
    many.assert_error("QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn one_user_s_document_shows_another_nothing_of_the_first() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.signed_up("ann").await, app.signed_up("bob").await);
    let document = "{ me { email } }";
    let hash = sha256(document);
    let of_ann = ann.send(asked(Some(document), &hash)).await;
    assert_eq!(of_ann.at("/data/me/email"), &json!("ann@example.org"));
    let of_bob = bob.send(asked(None, &hash)).await;
    assert_eq!(of_bob.at("/data/me/email"), &json!("bob@example.org"));
    let of_nobody = app.anonymous().send(asked(None, &hash)).await;
    assert_eq!(of_nobody.at("/data/me"), &json!(null));
}

#[tokio::test]
async fn what_is_kept_has_bounds() {
    let app = TestApp::with(|config| config.limits.document_cache_bytes = 1 << 20).await;
    let document = |n: usize| format!("{{ {} a{n}: __typename }}", "__typename ".repeat(900));
    for n in 0..20 {
        let text = document(n);
        let reply = app
            .anonymous()
            .send(asked(Some(&text), &sha256(&text)))
            .await;
        assert_eq!(reply.at("/errors"), &json!(null));
    }
    let mut kept = 0;
    for n in 0..20 {
        let reply = app
            .anonymous()
            .send(asked(None, &sha256(&document(n))))
            .await;
        kept += usize::from(reply.at("/errors") == &json!(null));
    }
    assert!((1..=3).contains(&kept), "{kept} of 0.3 MiB each in 1 MiB");
}
