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
    assert!(page.contains("GraphiQL") && page.contains("/graphql"));
}

#[tokio::test]
async fn there_is_none_in_production() {
    let app = TestApp::with_settings(&[("GATEHOUSE_PROFILE", "production")], |_| {}).await;
    for path in ["/", "/graphiql"] {
        let response = reqwest::get(app.url(path)).await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_graphiql_asks_of_the_schema_is_answered() {
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
