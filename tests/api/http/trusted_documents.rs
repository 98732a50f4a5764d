//! With a manifest of trusted documents nothing else is executed.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use gatehouse::app::App;
use gatehouse::server::Server;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::persisted_queries::sha256;
use crate::support::{TestApp, TestDatabase, settings};

const SETTINGS: &str = "query Settings { authSettings { usernamesEnabled } }";
const ME: &str = "query Me { me { email } }";

fn write(folder: &TempDir, name: &str, manifest: &Value) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, manifest.to_string()).unwrap();
    path
}

fn apollo(operations: &[(&str, &str)]) -> Value {
    let operations: Vec<Value> = operations
        .iter()
        .map(|(id, body)| json!({ "id": id, "body": body, "name": "Some", "type": "query" }))
        .collect();
    json!({ "format": "apollo-persisted-query-manifest", "version": 1, "operations": operations })
}

async fn trusting(manifests: Vec<PathBuf>) -> TestApp {
    TestApp::with(|config| config.limits.trusted_documents = manifests).await
}

#[tokio::test]
async fn the_manifest_s_documents_are_executed_and_no_others() {
    let folder = TempDir::new().unwrap();
    let web = write(
        &folder,
        "web.json",
        &apollo(&[(&sha256(SETTINGS), SETTINGS)]),
    );
    let mobile = write(&folder, "mobile.json", &json!({ "me-1": ME }));
    let app = trusting(vec![web, mobile]).await;
    let client = app.anonymous();
    let by_hash = |hash: &str| json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } });
    for body in [
        json!({ "query": SETTINGS }),
        by_hash(&sha256(SETTINGS)),
        json!({ "documentId": sha256(SETTINGS) }),
        json!({ "query": ME }),
        json!({ "documentId": "me-1" }),
        json!({ "documentId": "me-1", "query": "" }),
        by_hash("me-1"),
        by_hash(&sha256(ME)),
        json!({ "documentId": sha256(ME) }),
        json!({ "documentId": "me-1", "query": ME }),
        json!({ "documentId": sha256(ME), "query": ME }),
    ] {
        let reply = client.send(body.to_string()).await;
        assert_eq!(
            reply.at("/errors"),
            &Value::Null,
            "{body}: {:#}",
            reply.body
        );
        assert!(reply.at("/data").is_object());
    }
    for body in [
        json!({ "query": "{ me { email } }" }),
        json!({ "query": "{ __schema { types { name } } }" }),
        json!({ "query": "not even GraphQL {" }),
        json!({ "query": "{ me { email } }", "documentId": "me-1" }),
        json!({ "documentId": "me-2" }),
        by_hash(&sha256("{ me { email } }")),
    ] {
        let reply = client.send(body.to_string()).await;
        reply.assert_error("BAD_REQUEST");
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        let message = reply.text("/errors/0/message");
        assert!(message.contains("trusted documents"), "{body}: {message}");
    }
}

#[tokio::test]
async fn a_text_sent_with_the_id_of_another_document_is_rejected() {
    let folder = TempDir::new().unwrap();
    let manifest = json!({ "settings-1": SETTINGS, "me-1": ME });
    let app = trusting(vec![write(&folder, "manifest.json", &manifest)]).await;
    for id in [
        "settings-1",
        &sha256(SETTINGS),
        "me-2",
        &sha256("{ me { id } }"),
    ] {
        let body = json!({ "query": ME, "documentId": id });
        let reply = app.anonymous().send(body.to_string()).await;
        reply.assert_error("BAD_REQUEST");
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{id}");
    }
}

#[tokio::test]
async fn a_manifest_that_cannot_be_used_stops_the_start() {
    let folder = TempDir::new().unwrap();
    for (manifest, why) in [
        (json!({ "a": "{ me { id" }), "document a: Syntax error"),
        (
            json!({ "a": "{ ...A } fragment A on Query { ...A }" }),
            "contains itself",
        ),
        (json!(["{ me { id } }"]), "neither Apollo's"),
        (json!({ "a": 1 }), "neither Apollo's"),
        (
            json!({ "format": "other", "version": 1, "operations": [] }),
            "the format other, version 1",
        ),
        (
            apollo(&[("a", SETTINGS), ("a", ME)]),
            "two documents have the id a",
        ),
        (
            apollo(&[("a", "{ __schema { types { name } } }")]),
            "GATEHOUSE_INTROSPECTION is off",
        ),
    ] {
        let path = write(&folder, "manifest.json", &manifest);
        let database = TestDatabase::create().await;
        let mut config = settings(&database.url, &[]);
        config.limits.trusted_documents = vec![path];
        config.limits.introspection = false;
        let app = App::start(config).await;
        let Err(error) = Server::bind(Arc::new(app.unwrap())) else {
            panic!("started with {manifest}");
        };
        let message = error.to_string();
        assert!(message.contains("GATEHOUSE_TRUSTED_DOCUMENTS"), "{message}");
        assert!(message.contains(why), "{message}");
    }
}
