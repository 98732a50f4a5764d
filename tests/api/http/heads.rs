//! The head of a request.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_head_beyond_what_honest_clients_send_is_rejected() {
    let app = TestApp::start().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for (bytes, accepted) in [(8 * 1024, true), (17 * 1024, false), (200 * 1024, false)] {
        let request = http
            .post(app.url("/graphql"))
            .header("cookie", "x".repeat(bytes))
            .json(&json!({ "query": "{ __typename }" }));
        let answer = request.send().await;
        let status = answer.as_ref().map(reqwest::Response::status);
        if accepted {
            assert_eq!(status.unwrap(), StatusCode::OK, "{bytes}");
        } else {
            // The connection is closed while the client sends, or it gets this status.
            let told = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
            assert!(status.is_err() || status.unwrap() == told, "{bytes}");
        }
    }
    assert!(app.anonymous().me().await.status.is_success(), "it lives");
}
