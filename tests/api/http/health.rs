//! `/health/live`, `/health/ready` and `/metrics`, on their own listener.

use reqwest::StatusCode;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn a_running_service_is_live_and_ready() {
    let app = TestApp::start().await;
    for path in ["/health/live", "/health/ready"] {
        let response = reqwest::get(app.admin_url(path)).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn the_public_address_reveals_nothing_of_it() {
    let app = TestApp::start().await;
    // Any response reveals that the process runs, and some platforms check health on the API's port.
    let live = reqwest::get(app.url("/health/live")).await.unwrap();
    assert_eq!(live.text().await.unwrap(), "live\n");
    for path in ["/health/ready", "/metrics"] {
        let response = reqwest::get(app.url(path)).await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn metrics_are_in_the_format_that_scrapers_read() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let response = reqwest::get(app.admin_url("/metrics")).await.unwrap();
    let media_type = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    let text = response.text().await.unwrap();
    assert!(media_type.starts_with("application/openmetrics-text"));
    assert!(text.ends_with("# EOF\n"));
    for line in [
        "gatehouse_ready 1.0",
        "gatehouse_hashes_pending 0",
        "gatehouse_hash_wait_seconds_count",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
}

#[tokio::test]
async fn the_figures_answer_the_product_s_own_questions() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.anonymous().login("ann", PASSWORD).await.ok();
    app.anonymous().login("ann", "not it").await;
    app.anonymous()
        .graphql("{ me {", serde_json::json!({}))
        .await;
    ann.export_data("not it").await;
    let too_many = "{ me { sessions(first: 1000) { nodes { id } } } }";
    let too_many = ann.graphql(too_many, serde_json::json!({})).await;
    too_many.assert_error("BAD_REQUEST");
    ann.delete_account(PASSWORD, "ann@example.org").await.ok();
    app.advance(chrono::TimeDelta::hours(1));
    app.run_workers().await;
    for figure in [
        "logins_total{outcome=\"succeeded\"}",
        "logins_total{outcome=\"invalid_credentials\"}",
        "password_checks_total{outcome=\"correct\"}",
        "password_checks_total{outcome=\"incorrect\"}",
        "operations_rejected_total{code=\"BAD_REQUEST\"}",
        "registrations_total{outcome=\"signed_in\"}",
        "documents_rejected_total{reason=\"syntax\"}",
        "deletions_completed_total",
    ] {
        assert_eq!(app.metric(figure).await, 1, "{figure}");
    }
    assert_eq!(app.metric("deletions_due").await, 0);
}
