//! Other ways in than a JSON body by POST, and what a browser can be made to send.

use reqwest::header::{ACCEPT, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, UPGRADE};
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{http, production};
use crate::support::{Reply, TestApp};

const LOGOUT: &str = r#"{"query":"mutation { logout { loggedOut } }"}"#;

#[tokio::test]
async fn a_list_of_requests_is_rejected_and_none_of_them_runs() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for batch in [
        format!("[{LOGOUT}]"),
        format!("[{}]", [LOGOUT; 10].join(",")),
        format!("[[{LOGOUT}]]"),
        format!("{LOGOUT}{LOGOUT}"),
        format!("{LOGOUT}\n{LOGOUT}"),
        format!("{LOGOUT},{LOGOUT}"),
        "[]".to_owned(),
        format!("{{\"0\":{LOGOUT}}}"),
    ] {
        let reply = ann.send(batch.clone()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{batch}");
        reply.assert_error("BAD_REQUEST");
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn what_a_form_or_an_image_can_send_changes_nothing() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let form = "query=mutation%7Blogout%7BloggedOut%7D%7D";
    let file = "--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n\
        {\"query\":\"mutation { logout { loggedOut } }\"}\r\n--x\r\n\
        Content-Disposition: form-data; name=\"map\"\r\n\r\n{}\r\n--x--\r\n";
    for (media_type, body) in [
        (None, LOGOUT),
        (Some(""), LOGOUT),
        (Some("text/plain"), LOGOUT),
        (Some("text/plain; charset=application/json"), LOGOUT),
        (Some("text/plain, application/json"), LOGOUT),
        (Some("application/json, text/plain"), LOGOUT),
        (Some("application/json text/plain"), LOGOUT),
        (Some("application/x-www-form-urlencoded"), form),
        (Some("application/x-www-form-urlencoded"), LOGOUT),
        (Some("multipart/form-data; boundary=x"), file),
        (
            Some("application/graphql"),
            "mutation { logout { loggedOut } }",
        ),
        (Some("application/graphql+json"), LOGOUT),
        (Some("application/graphql-response+json"), LOGOUT),
        (Some("application/json; charset=utf-16"), LOGOUT),
    ] {
        let mut request = http()
            .post(app.url("/graphql"))
            .bearer_auth(&ann.access_token);
        if let Some(media_type) = media_type {
            request = request.header(CONTENT_TYPE, media_type);
        }
        let response = request.body(body).send().await.unwrap();
        assert_eq!(
            response.status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{media_type:?}"
        );
        Reply::read(response).await.assert_error("BAD_REQUEST");
    }
    for method in [Method::GET, Method::HEAD] {
        let address = app.url(&format!("/graphql?{form}"));
        let request = http()
            .request(method, address)
            .bearer_auth(&ann.access_token);
        let status = request.send().await.unwrap().status();
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn no_other_method_runs_anything() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let methods = [
        "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "QUERY", "post", "FOO",
    ];
    let question = r#"{"query":"{ me { id } }"}"#;
    for (method, body) in methods.iter().flat_map(|it| [(it, LOGOUT), (it, question)]) {
        let name: Method = method.parse().unwrap();
        let request = http()
            .request(name, app.url("/graphql?query=%7Bme%7Bid%7D%7D"))
            .bearer_auth(&ann.access_token)
            .header("x-probe", "seen")
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        let response = request.send().await.unwrap();
        assert_eq!(
            response.status(),
            StatusCode::METHOD_NOT_ALLOWED,
            "{method} {body}"
        );
        assert_eq!(response.headers()["allow"], "POST, GET, HEAD");
        let text = response.text().await.unwrap();
        assert!(
            !text.contains("seen") && !text.contains(&ann.user_id),
            "{method}: {text}"
        );
    }
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn head_says_how_long_the_answer_is_at_most_and_holds_none() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let address = app.url("/graphql?query=%7Bme%7Bid%7D%7D");
    let response = http()
        .head(&address)
        .bearer_auth(&ann.access_token)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(
        response.headers()[CONTENT_TYPE],
        "application/json; charset=utf-8"
    );
    assert!(
        response
            .headers()
            .get(CONTENT_LENGTH)
            .is_none_or(|length| length.len() < 4)
    );
    assert_eq!(response.text().await.unwrap(), "");
}

#[tokio::test]
async fn nothing_speaks_websocket_or_streams() {
    let app = production().await;
    for path in [
        "/graphql",
        "/graphql/ws",
        "/ws",
        "/subscriptions",
        "/graphql/stream",
        "/",
    ] {
        for protocol in ["graphql-transport-ws", "graphql-ws"] {
            let request = http()
                .get(app.url(path))
                .header(CONNECTION, "Upgrade")
                .header(UPGRADE, "websocket")
                .header("sec-websocket-version", "13")
                .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
                .header("sec-websocket-protocol", protocol);
            let response = request.send().await.unwrap();
            assert!(
                response.status().is_client_error(),
                "{path}: {}",
                response.status()
            );
            assert!(response.headers().get(UPGRADE).is_none(), "{path}");
        }
    }
    for accept in [
        "text/event-stream",
        "multipart/mixed;deferSpec=20220824",
        "multipart/mixed; boundary=-",
    ] {
        let body = json!({ "query": "{ __typename }" });
        let request = http()
            .post(app.url("/graphql"))
            .header(ACCEPT, accept)
            .json(&body);
        let status = request.send().await.unwrap().status();
        assert_eq!(status, StatusCode::NOT_ACCEPTABLE, "{accept}");
    }
}

#[tokio::test]
async fn there_are_no_subscriptions() {
    let app = production().await;
    let ann = app.signed_up("ann").await;
    for document in [
        "subscription { __typename }",
        "subscription { me { id } }",
        "subscription S { me { id } } query Q { me { id } }",
        "subscription { logout { loggedOut } }",
    ] {
        for client in [app.anonymous(), (*ann).clone()] {
            let reply = client.graphql(document, json!({})).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{document}");
            reply.assert_error("BAD_REQUEST");
        }
    }
    assert!(ann.is_signed_in().await);
}
