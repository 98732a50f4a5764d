//! Tokens in cookies: for browsers, and only for pages of the front ends.

use chrono::TimeDelta;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, ORIGIN, SET_COOKIE};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::support::{PASSWORD, Reply, TestApp};

const FRONT_END: &str = "https://app.example.org";
const ME: &str = "{ me { email } }";
const REFRESH: &str = "mutation { refreshSession(input: {}) { tokens { refreshToken } userErrors { code field message } } }";
const REFRESH_BY_INPUT: &str = "mutation { refreshSession(input: { refreshToken: \"made up\" }) { userErrors { code field message } } }";
const LOGOUT: &str = "mutation { logout { loggedOut } }";

fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// A browser on a page of `origin`, with a jar of cookies.
struct Browser<'a> {
    app: &'a TestApp,
    origin: Option<&'static str>,
    cookies: Vec<(String, String)>,
}

impl<'a> Browser<'a> {
    fn on(app: &'a TestApp, origin: &'static str) -> Self {
        Self {
            app,
            origin: Some(origin),
            cookies: Vec::new(),
        }
    }

    /// The same jar, on a page of another origin.
    fn visiting(&self, origin: Option<&'static str>) -> Self {
        Self {
            origin,
            cookies: self.cookies.clone(),
            ..*self
        }
    }

    fn request(&self, document: &str, variables: &Value) -> RequestBuilder {
        let body = json!({ "query": document, "variables": variables });
        let mut request = http().post(self.app.url("/graphql")).json(&body);
        if let Some(origin) = self.origin {
            request = request.header(ORIGIN, origin);
        }
        if !self.cookies.is_empty() {
            let pairs = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            request = request.header(COOKIE, pairs.collect::<Vec<_>>().join("; "));
        }
        request
    }

    async fn send(&mut self, request: RequestBuilder) -> Reply {
        let reply = Reply::read(request.send().await.unwrap()).await;
        for (name, value, is_kept) in set_cookies(&reply.headers) {
            self.cookies.retain(|(known, _)| *known != name);
            if is_kept {
                self.cookies.push((name, value));
            }
        }
        reply
    }

    async fn ask(&mut self, document: &str) -> Reply {
        self.send(self.request(document, &json!({}))).await
    }

    /// Signs in, asking for cookies.
    async fn sign_in(&mut self, name: &str) -> Reply {
        let input = json!({ "input": { "identifier": name, "password": PASSWORD } });
        let login = self.request(include_str!("../documents/login.graphql"), &input);
        self.send(login.header("X-Gatehouse-Tokens", "cookie"))
            .await
    }

    fn cookie(&self, name: &str) -> Option<&str> {
        let found = self.cookies.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// No cookie is left but the one by which the account recognizes the device.
    #[track_caller]
    fn assert_signed_out(&self) {
        let names: Vec<_> = self.cookies.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["gatehouse_device"]);
    }

    async fn is_signed_in(&mut self) -> bool {
        self.ask(ME).await.at("/data/me/email").is_string()
    }
}

/// Name and value of each cookie that is set, and whether it is to be kept.
fn set_cookies(headers: &HeaderMap) -> Vec<(String, String, bool)> {
    if headers.contains_key(SET_COOKIE) {
        assert_eq!(headers["cache-control"], "no-store", "{headers:?}");
    }
    let values = headers.get_all(SET_COOKIE).iter();
    values
        .map(|value| {
            let text = value.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            let is_kept = !text.contains("Max-Age=0");
            (name.to_owned(), value.to_owned(), is_kept)
        })
        .collect()
}

async fn ann(app: &TestApp) -> Browser<'_> {
    app.signed_up("ann").await;
    let mut browser = Browser::on(app, FRONT_END);
    browser.sign_in("ann").await.ok();
    browser
}

#[tokio::test]
async fn a_browser_is_signed_in_without_a_script_ever_seeing_a_token() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let mut browser = Browser::on(&app, FRONT_END);

    let reply = browser.sign_in("ann").await;

    assert_eq!(reply.ok()["tokens"], Value::Null);
    assert_eq!(reply.headers["cache-control"], "no-store");
    assert_eq!(reply.headers["access-control-allow-credentials"], "true");
    for cookie in reply.headers.get_all(SET_COOKIE) {
        let cookie = cookie.to_str().unwrap();
        let age = if cookie.starts_with("gatehouse_device=") {
            "31536000"
        } else {
            "2592000"
        };
        let attributes = format!("; HttpOnly; SameSite=Lax; Path=/; Max-Age={age}");
        assert!(cookie.ends_with(&attributes), "{cookie}");
        assert!(cookie.len() < 4096);
        let value = cookie.split(['=', ';']).nth(1).unwrap();
        assert!(!reply.body.to_string().contains(value));
    }
    assert!(browser.is_signed_in().await);
    browser.ask(LOGOUT).await.ok();
    browser.assert_signed_out();
    assert_eq!(browser.ask(ME).await.at("/data/me"), &Value::Null);
}

#[tokio::test]
async fn an_expired_access_cookie_does_not_stand_in_the_way_of_the_next() {
    let app = TestApp::start().await;
    let mut browser = ann(&app).await;
    let first = browser.cookie("gatehouse_refresh").unwrap().to_owned();
    app.advance(TimeDelta::minutes(16));
    browser.ask(ME).await.assert_error("UNAUTHENTICATED");

    let reply = browser.ask(REFRESH).await;

    // This request does not ask for cookies, but a token that was sent as a cookie is returned as one.
    assert_eq!(reply.ok()["tokens"], Value::Null);
    assert_ne!(browser.cookie("gatehouse_refresh"), Some(first.as_str()));
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn a_changed_password_changes_the_cookies() {
    let app = TestApp::start().await;
    let mut browser = ann(&app).await;
    let before = browser.cookies.clone();
    let input = json!({ "currentPassword": PASSWORD, "newPassword": "seven teapots hum at dawn" });
    let change = include_str!("../documents/change_password.graphql");
    let request = browser.request(change, &json!({ "input": input }));
    let reply = browser.send(request).await;
    assert_eq!(reply.ok()["tokens"], Value::Null);
    assert_ne!(browser.cookies, before);
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn cookies_count_for_nothing_on_pages_from_elsewhere() {
    let app = TestApp::start().await;
    let browser = ann(&app).await;
    for origin in [
        None,
        Some("null"),
        Some("https://evil.example"),
        Some("https://app.example.org.evil.example"),
        Some("http://app.example.org"),
        Some("https://app.example.org:444"),
        Some("https://APP.example.org"),
    ] {
        let mut elsewhere = browser.visiting(origin);
        assert!(!elsewhere.is_signed_in().await, "{origin:?}");
        elsewhere.ask(LOGOUT).await.assert_error("COOKIES_IGNORED");
        let refused = elsewhere.ask(REFRESH).await;
        refused.assert_error("COOKIES_IGNORED");
        assert!(!refused.headers.contains_key(SET_COOKIE), "{origin:?}");
        let reply = elsewhere.sign_in("ann").await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{origin:?}");
        reply.assert_error("BAD_REQUEST");
    }
    let mut own = browser.visiting(Some("https://auth.example.org"));
    assert!(own.is_signed_in().await, "the public address's own page");
    assert!(browser.visiting(Some(FRONT_END)).is_signed_in().await);
}

#[tokio::test]
async fn a_form_of_the_front_end_itself_changes_nothing() {
    let app = TestApp::start().await;
    let mut browser = ann(&app).await;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let request = browser
            .request(LOGOUT, &json!({}))
            .header(CONTENT_TYPE, kind);
        let mut request = request.build().unwrap();
        request
            .headers_mut()
            .insert(CONTENT_TYPE, kind.parse().unwrap());
        let response = http().execute(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let get = http()
        .get(app.url("/graphql?query=mutation%7Blogout%7BloggedOut%7D%7D"))
        .header(ORIGIN, FRONT_END)
        .header(
            COOKIE,
            format!(
                "gatehouse_access={}",
                browser.cookie("gatehouse_access").unwrap()
            ),
        );
    assert_eq!(
        get.send().await.unwrap().status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn a_header_beats_a_cookie_and_of_two_cookies_neither_counts() {
    let app = TestApp::start().await;
    let mut browser = ann(&app).await;
    let bob = app.signed_up("bob").await;
    let request = browser.request(ME, &json!({}));
    let as_bob = request.header(AUTHORIZATION, format!("Bearer {}", bob.access_token));
    let reply = browser.send(as_bob).await;
    assert_eq!(reply.at("/data/me/email"), &json!("bob@example.org"));
    let request = browser
        .request(ME, &json!({}))
        .header(AUTHORIZATION, "Bearer nonsense");
    browser.send(request).await.assert_error("UNAUTHENTICATED");
    let tossed = ("gatehouse_access".to_owned(), bob.access_token.clone());
    browser.cookies.insert(0, tossed);
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn cookies_go_when_their_session_ends() {
    let app = TestApp::start().await;
    let mut browser = ann(&app).await;
    let session = "{ me { sessions { nodes { id current } } } }";
    let sessions = browser.ask(session).await;
    let nodes = sessions
        .at("/data/me/sessions/nodes")
        .as_array()
        .unwrap()
        .clone();
    let current = nodes.iter().find(|node| node["current"] == true).unwrap();
    let revoke = include_str!("../documents/revoke_session.graphql");
    let request = browser.request(revoke, &json!({ "input": { "sessionId": current["id"] } }));
    browser.send(request).await.ok();
    browser.assert_signed_out();

    browser.sign_in("ann").await.ok();
    let mut other = Browser::on(&app, FRONT_END);
    other.sign_in("ann").await.ok();
    other
        .ask("mutation { revokeOtherSessions { revokedSessionCount } }")
        .await;
    app.advance(TimeDelta::seconds(30));
    let refused = browser.ask(REFRESH).await;
    refused.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    browser.assert_signed_out();

    let delete = include_str!("../documents/delete_account.graphql");
    let input = json!({ "currentPassword": PASSWORD, "confirmation": "ann@example.org" });
    let request = other.request(delete, &json!({ "input": input }));
    other.send(request).await.ok();
    other.assert_signed_out();
}

#[tokio::test]
async fn the_device_cookie_outlives_the_session_and_opens_an_account_under_attack() {
    let app = TestApp::start().await;
    let mut browser = ann(&app).await;
    let device = browser.cookie("gatehouse_device").unwrap().to_owned();
    browser.ask(LOGOUT).await.ok();
    assert_eq!(browser.cookie("gatehouse_device"), Some(device.as_str()));
    // From the very network of the owner.
    for n in 0..5 {
        let stranger = app.anonymous();
        stranger.login("ann", &format!("wrong {n}")).await;
    }
    let mut other = Browser::on(&app, FRONT_END);
    let locked = other.sign_in("ann").await;
    locked.assert_user_error("ACCOUNT_LOCKED", &[]);

    browser.sign_in("ann").await.ok();

    assert_eq!(browser.cookie("gatehouse_device"), Some(device.as_str()));
    let input = json!({ "input": { "identifier": "ann", "password": PASSWORD } });
    let mut elsewhere = browser.visiting(Some("https://evil.example"));
    let login = elsewhere.request(include_str!("../documents/login.graphql"), &input);
    let locked = elsewhere.send(login).await;
    locked.assert_user_error("ACCOUNT_LOCKED", &[]);
}

#[tokio::test]
async fn a_late_rejected_refresh_leaves_the_cookies_of_the_next_sign_in() {
    let app = TestApp::start().await;
    let mut browser = ann(&app).await;
    app.signed_up("bob").await;
    let late = browser.request(REFRESH, &json!({}));
    browser.sign_in("bob").await.ok();

    // The server sees the cookies of the session that bob's sign-in ended, and the browser holds bob's.
    let refused = browser.send(late).await;
    refused.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    let reply = browser.ask(ME).await;
    assert_eq!(reply.at("/data/me/email"), &json!("bob@example.org"));
}

#[tokio::test]
async fn a_rejected_refresh_clears_no_cookies_of_another_session() {
    let app = TestApp::start().await;
    let mut browser = ann(&app).await;
    let refused = browser.ask(REFRESH_BY_INPUT).await;
    refused.assert_user_error("TOKEN_INVALID", &["refreshToken"]);
    assert!(browser.is_signed_in().await, "the token was in the input");
    let is_access = |(name, _): &(String, String)| name == "gatehouse_access";
    browser.cookies.retain(is_access);
    let stray = ("gatehouse_refresh".to_owned(), "made-up".to_owned());
    browser.cookies.push(stray);
    browser.ask(REFRESH).await;
    assert!(browser.is_signed_in().await, "the access token is valid");
    app.advance(TimeDelta::minutes(16));
    browser.ask(REFRESH).await;
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn in_production_they_are_bound_to_the_host_and_to_encryption() {
    let app = TestApp::with_settings(&[("GATEHOUSE_PROFILE", "production")], |_| {}).await;
    let browser = ann(&app).await;
    assert!(browser.cookie("__Host-gatehouse_access").is_some());
    let mut again = Browser::on(&app, FRONT_END);
    let reply = again.sign_in("ann").await;
    for cookie in reply.headers.get_all(SET_COOKIE) {
        let text = cookie.to_str().unwrap();
        assert!(text.starts_with("__Host-gatehouse_"), "{text}");
        assert!(
            text.contains("; Secure") && !text.contains("Domain"),
            "{text}"
        );
    }
    again.cookies = vec![(
        "gatehouse_access".to_owned(),
        browser
            .cookie("__Host-gatehouse_access")
            .unwrap()
            .to_owned(),
    )];
    assert!(
        !again.is_signed_in().await,
        "without the prefix it is somebody else's"
    );
}

#[tokio::test]
async fn a_token_header_other_than_cookie_is_rejected() {
    let app = TestApp::start().await;
    let browser = Browser::on(&app, FRONT_END);
    let request = browser.request(ME, &json!({}));
    let reply = request
        .header("X-Gatehouse-Tokens", "header")
        .send()
        .await
        .unwrap();
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
}
