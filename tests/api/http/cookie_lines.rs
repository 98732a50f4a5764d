//! Other cookies beside Gatehouse's, and headers other than `Origin` by which a browser tells the requesting page.

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderValue, ORIGIN};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::support::{PASSWORD, Reply, SignedUp, TestApp};

const FRONT_END: &str = "https://app.example.org";
const ME: &str = "{ me { email } }";
const REFRESH: &str =
    "mutation { refreshSession(input: {}) { user { id } userErrors { code field message } } }";
const LOGOUT: &str = "mutation { logout { loggedOut } }";

fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn post(app: &TestApp, document: &str, cookies: &[u8]) -> RequestBuilder {
    http()
        .post(app.url("/graphql"))
        .json(&json!({ "query": document }))
        .header(COOKIE, HeaderValue::from_bytes(cookies).unwrap())
}

fn get(app: &TestApp, user: &SignedUp) -> RequestBuilder {
    http()
        .get(app.url("/graphql"))
        .query(&[("query", ME)])
        .header(COOKIE, pair(user))
}

fn pair(user: &SignedUp) -> String {
    let (access, refresh) = (&user.access_token, &user.refresh_token);
    format!("gatehouse_access={access}; gatehouse_refresh={refresh}")
}

async fn answer(request: RequestBuilder) -> Reply {
    Reply::read(request.send().await.unwrap()).await
}

#[track_caller]
fn assert_no_errors(reply: &Reply) {
    assert_eq!(reply.at("/errors"), &Value::Null, "{:#}", reply.body);
}

#[tokio::test]
async fn cookies_of_other_applications_change_nothing_whatever_they_hold() {
    let app = TestApp::start().await;
    let others = [
        &b"city=K\xC3\xB6ln"[..],
        b"city=K\xF6ln",
        b"\xFF\xFE",
        b"a=%FF%00",
        b"=",
        b"a",
        b"a=\"b c\"",
        b"gatehouse_access2=x",
        b"Gatehouse_Access=x",
    ];
    for (index, others) in others.into_iter().enumerate() {
        let user = app.signed_up(&format!("user{index}")).await;
        let ours = pair(&user);
        for line in [
            [others, b"; ", ours.as_bytes()].concat(),
            [ours.as_bytes(), b";", others].concat(),
        ] {
            let ask = |document| answer(post(&app, document, &line).header(ORIGIN, FRONT_END));
            let name = String::from_utf8_lossy(&line);
            assert!(ask(ME).await.at("/data/me/email").is_string(), "{name}");
        }
        let line = [others, b"; ", ours.as_bytes()].concat();
        let refreshed = answer(post(&app, REFRESH, &line).header(ORIGIN, FRONT_END)).await;
        assert!(refreshed.ok()["user"].is_object());
        answer(post(&app, LOGOUT, &line).header(ORIGIN, FRONT_END))
            .await
            .ok();
        assert!(!user.is_signed_in().await, "logout ends the session");
    }
}

#[tokio::test]
async fn a_page_of_the_own_origin_reads_by_get_without_naming_it() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;

    let own = answer(get(&app, &ann).header("sec-fetch-site", "same-origin")).await;

    assert_eq!(own.text("/data/me/email"), "ann@example.org");
    for site in ["same-site", "cross-site", "none", "Same-Origin", ""] {
        let other = answer(get(&app, &ann).header("sec-fetch-site", site)).await;
        other.assert_error("COOKIES_IGNORED");
        assert_eq!(other.at("/data/me"), &Value::Null, "{site}");
    }
    let twice = get(&app, &ann).header("sec-fetch-site", "same-origin");
    let twice = answer(twice.header("sec-fetch-site", "cross-site")).await;
    twice.assert_error("COOKIES_IGNORED");
    // Where an origin is named it decides.
    let foreign = get(&app, &ann).header("sec-fetch-site", "same-origin");
    let foreign = answer(foreign.header(ORIGIN, "https://evil.example")).await;
    foreign.assert_error("COOKIES_IGNORED");
    // A POST changes things, and browsers name the origin with each.
    let changing = post(&app, LOGOUT, pair(&ann).as_bytes());
    let changing = answer(changing.header("sec-fetch-site", "same-origin")).await;
    changing.assert_error("COOKIES_IGNORED");
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn ignored_cookies_are_distinguished_from_no_cookies() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let cookies = pair(&ann);
    for document in [
        ME,
        REFRESH,
        LOGOUT,
        "{ me { id } }",
        "mutation { revokeOtherSessions { revokedSessionCount } }",
        "mutation { verifyEmail(input: { token: \"x\" }) { userErrors { code } } }",
    ] {
        let reply = answer(post(&app, document, cookies.as_bytes())).await;
        reply.assert_error("COOKIES_IGNORED");
        assert_eq!(reply.status, StatusCode::OK);
        let visitor = answer(post(&app, document, b"theme=dark")).await;
        assert_ne!(
            visitor.at("/errors/0/extensions/code"),
            "COOKIES_IGNORED",
            "{document}"
        );
    }
    let public = "{ authSettings { registrationOpen } }";
    assert_no_errors(&answer(post(&app, public, cookies.as_bytes())).await);
    // Beside a credential they are not looked at.
    let bearing = post(&app, ME, cookies.as_bytes());
    let bearing =
        answer(bearing.header(AUTHORIZATION, format!("Bearer {}", ann.access_token))).await;
    assert_eq!(bearing.text("/data/me/email"), "ann@example.org");
}

#[tokio::test]
async fn an_empty_authorization_is_none_and_public_operations_answer_beside_any() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for nothing in ["", "Bearer", "Bearer "] {
        let client = app.anonymous().with_authorization(nothing);
        assert_eq!(client.me().await.at("/data/me"), &Value::Null);
        assert_no_errors(&client.me().await);
        let by_cookie = post(&app, ME, pair(&ann).as_bytes()).header(ORIGIN, FRONT_END);
        let by_cookie = answer(by_cookie.header(AUTHORIZATION, nothing)).await;
        assert_eq!(by_cookie.text("/data/me/email"), "ann@example.org");
    }
    for (index, any) in [
        "",
        "Bearer",
        "Basic YTpi",
        "Bearer made.up.token",
        "Bearer a b",
    ]
    .iter()
    .enumerate()
    {
        let client = app.anonymous().with_authorization(any);
        let settings = client
            .graphql("{ authSettings { registrationOpen } }", json!({}))
            .await;
        assert_no_errors(&settings);
        client.login("ann", PASSWORD).await.ok();
        let email = format!("bob{index}@example.org");
        client
            .register(json!({ "email": email, "password": PASSWORD }))
            .await
            .ok();
    }
    let basic = app.anonymous().with_authorization("Basic YTpi");
    basic.me().await.assert_error("UNAUTHENTICATED");
}
