//! GraphiQL is for developers.

use reqwest::StatusCode;

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
