//! GraphiQL is for developers.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn the_root_leads_to_graphiql_in_development() {
    let app = TestApp::start().await;
    let response = reqwest::get(app.url("/")).await.unwrap();
    assert_eq!(response.url().path(), "/graphiql");
    assert_eq!(response.status(), StatusCode::OK);
    let page = response.text().await.unwrap();
    assert!(page.contains("GraphiQL"));
}

/// What stands in the page after each `="`, up to `{start}…"`.
fn addresses<'a>(page: &'a str, start: &'a str) -> Vec<&'a str> {
    page.split("=\"")
        .skip(1)
        .filter(|it| it.starts_with(start))
        .map(|it| it.split('"').next().unwrap())
        .collect()
}

#[tokio::test]
async fn all_that_the_page_loads_from_here_is_here() {
    let app = TestApp::start().await;
    let page = reqwest::get(app.url("/graphiql")).await.unwrap();
    let page = page.text().await.unwrap();
    let own = addresses(&page, "/graphiql/");
    assert!(own.len() >= 3, "{page}");
    for path in own {
        let answer = reqwest::get(app.url(path)).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let headers = answer.headers();
        let kind = match path.rsplit('.').next().unwrap() {
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "svg" => "image/svg+xml",
            other => panic!("{other}"),
        };
        assert_eq!(headers["content-type"], kind, "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        // Alone it is no page, and may load nothing.
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; base-uri"), "{path}");
        let caching = headers["cache-control"].to_str().unwrap();
        let is_named_by_hash = path.starts_with("/graphiql/assets/");
        assert_eq!(caching.contains("immutable"), is_named_by_hash, "{path}");
        assert!(!answer.text().await.unwrap().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn what_it_loads_from_elsewhere_if_anything_is_named_in_its_policy_and_by_hash() {
    let app = TestApp::start().await;
    let answer = reqwest::get(app.url("/graphiql")).await.unwrap();
    let policy = answer.headers()["content-security-policy"].clone();
    let policy = policy.to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(!policy.contains("unsafe-eval"), "{policy}");
    let page = answer.text().await.unwrap();
    let elsewhere = addresses(&page, "https://");
    let hashes = addresses(&page, "sha384-");
    assert_eq!(hashes.len(), elsewhere.len(), "{page}");
    for address in &elsewhere {
        let allowed = policy
            .split([' ', ';'])
            .any(|it| it.starts_with("https://") && address.starts_with(it));
        assert!(allowed, "{address}");
    }
    assert_eq!(policy.contains("https:"), !elsewhere.is_empty(), "{policy}");
}

#[tokio::test]
async fn there_are_no_other_files_below_it() {
    let app = TestApp::start().await;
    for path in [
        "/graphiql/",
        "/graphiql/assets",
        "/graphiql/assets/",
        "/graphiql/assets/index.js",
        "/graphiql/package.json",
        "/graphiql/src/../package.json",
        "/graphiql/%2e%2e/package.json",
        "/graphiql/..%2fpackage.json",
        "/graphiql/assets/..%2f..%2findex.html",
        "/graphiql/%2fetc%2fpasswd",
        "/graphiql/index.html%00.js",
        "/graphiql/..%5cindex.html",
    ] {
        let answer = reqwest::get(app.url(path)).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn there_is_none_in_production() {
    let app = TestApp::with_settings(&[("GATEHOUSE_PROFILE", "production")], |_| {}).await;
    for path in [
        "/",
        "/graphiql",
        "/graphiql/index.html",
        "/graphiql/src/token.js",
    ] {
        let response = reqwest::get(app.url(path)).await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn graphiql_s_introspection_query_is_answered() {
    let app = TestApp::start().await;
    let document = include_str!("../documents/introspection.graphql");
    let reply = app.anonymous().graphql(document, json!({})).await;
    let types = reply.at("/data/__schema/types").as_array();
    assert!(
        types.is_some_and(|types| types.len() > 40),
        "{}",
        reply.body
    );
}
