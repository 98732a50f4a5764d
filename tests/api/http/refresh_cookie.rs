//! What the refresh cookie alone does: the access cookie is gone, or proves nothing.

use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::{Value, json};

use crate::support::{PASSWORD, Reply, TestApp};

const LOGOUT: &str = "mutation { logout { loggedOut } }";

/// Sends `document` from a page of `origin` with the refresh cookie `token`.
async fn send(app: &TestApp, origin: &str, token: &str, document: &str, input: &Value) -> Reply {
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .post(app.url("/graphql"))
        .header(ORIGIN, origin)
        .header(COOKIE, format!("gatehouse_refresh={token}"))
        .json(&json!({ "query": document, "variables": { "input": input } }));
    Reply::read(request.send().await.unwrap()).await
}

#[tokio::test]
async fn signing_out_or_in_by_the_refresh_cookie_alone_ends_its_session() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.signed_up("bob").await;
    let bob = json!({ "identifier": "bob", "password": PASSWORD });
    let eve = json!({ "email": "eve@example.org", "password": PASSWORD });
    for (document, input) in [
        (LOGOUT, Value::Null),
        (include_str!("../documents/login.graphql"), bob),
        (include_str!("../documents/register.graphql"), eve),
    ] {
        let token = ann.login_again().await.refresh_token;
        let elsewhere = send(&app, "https://evil.example", &token, LOGOUT, &Value::Null).await;
        elsewhere.assert_error("COOKIES_IGNORED");
        // It answers another client: the token in the cookie was rotated meanwhile.
        app.anonymous().refresh_session(&token).await.ok();

        let reply = send(&app, "https://app.example.org", &token, document, &input).await;

        reply.ok();
        let ended = app.anonymous().refresh_session(&token).await;
        ended.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
        let cookies = reply.headers.get_all(SET_COOKIE).iter();
        let cleared = cookies.filter(|cookie| cookie.to_str().unwrap().contains("Max-Age=0"));
        let expected = if document == LOGOUT { 2 } else { 0 };
        assert_eq!(cleared.count(), expected, "{:?}", reply.headers);
    }
}
