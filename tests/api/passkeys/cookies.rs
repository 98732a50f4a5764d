//! Passkeys in cookie mode: no script ever sees a token.

use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::{Value, json};

use super::stage::{ORIGIN as FRONT_END, Purpose, new_device, verified, with_passkey};
use crate::support::{Authenticator, PASSWORD, Reply, TestApp};

const ME: &str = "{ me { email } }";
const ANSWER: &str = "tokens { accessToken } session { id methods } userErrors { code message }";

/// A browser on a page of the front end that asks for cookies.
struct Browser<'a> {
    app: &'a TestApp,
    cookies: Vec<(String, String)>,
}

impl<'a> Browser<'a> {
    fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            cookies: Vec::new(),
        }
    }

    async fn send(&mut self, query: &str, variables: Value) -> Reply {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let pairs = self.cookies.iter();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = http
            .post(self.app.url("/graphql"))
            .header(ORIGIN, FRONT_END)
            .header("X-Gatehouse-Tokens", "cookie")
            .header(COOKIE, pairs.join("; "))
            .json(&json!({ "query": query, "variables": variables }));
        let reply = Reply::read(request.send().await.unwrap()).await;
        for line in reply.headers.get_all(SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            assert!(rest.contains("HttpOnly"), "{rest}");
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        reply
    }

    async fn mutate(&mut self, name: &str, fields: &str, input: Value) -> Reply {
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query =
            format!("mutation M($input: {kind}!) {{ {name}(input: $input) {{ {fields} }} }}");
        self.send(&query, json!({ "input": input })).await
    }

    async fn options(&mut self, purpose: &str) -> Value {
        let fields = "options userErrors { code }";
        let input = json!({ "purpose": purpose });
        let reply = self.mutate("startPasskey", fields, input).await;
        reply.ok()["options"].clone()
    }

    fn cookie(&self, name: &str) -> Option<String> {
        let found = self.cookies.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone())
    }

    async fn is_signed_in(&mut self) -> bool {
        let reply = self.send(ME, json!({})).await;
        reply.at("/data/me/email").is_string()
    }

    /// Both cookies were set, and no token is in the body.
    #[track_caller]
    fn assert_delivered(&self, reply: &Reply) {
        assert_eq!(reply.ok()["tokens"], Value::Null);
        assert_eq!(reply.headers["cache-control"], "no-store");
        for name in ["gatehouse_access", "gatehouse_refresh"] {
            let set = reply.headers.get_all(SET_COOKIE).iter();
            let mut set = set.map(|line| line.to_str().unwrap());
            assert!(set.any(|line| line.starts_with(name)), "{name}");
            let value = self.cookie(name).unwrap();
            assert!(!reply.body.to_string().contains(&value));
        }
    }

    async fn sign_in(&mut self, device: &mut Authenticator) -> Reply {
        let used = device.get(&self.options("SIGN_IN").await).unwrap();
        let input = json!({ "passkey": used });
        self.mutate("loginWithPasskey", ANSWER, input).await
    }
}

#[tokio::test]
async fn sign_in_sets_cookies() {
    let app = TestApp::start().await;
    let (_, mut device) = with_passkey(&app, "ann").await;
    let mut browser = Browser::new(&app);

    let reply = browser.sign_in(&mut device).await;

    browser.assert_delivered(&reply);
    assert!(browser.cookie("gatehouse_device").is_some());
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn sign_in_replaces_the_session_of_the_cookies() {
    let app = TestApp::start().await;
    let (_, mut device) = with_passkey(&app, "ann").await;
    let mut browser = Browser::new(&app);
    browser.sign_in(&mut device).await.ok();
    let mut stolen = Browser {
        app: &app,
        cookies: browser.cookies.clone(),
    };
    assert!(stolen.is_signed_in().await);

    let reply = browser.sign_in(&mut device).await;

    browser.assert_delivered(&reply);
    assert!(browser.is_signed_in().await);
    assert!(!stolen.is_signed_in().await);
}

#[tokio::test]
async fn second_step_sets_the_cookies_that_the_first_did_not() {
    let app = TestApp::start().await;
    let (_, mut device) = with_passkey(&app, "ann").await;
    let mut browser = Browser::new(&app);
    let input = json!({ "identifier": "ann", "password": PASSWORD });
    let fields = "tokens { accessToken } challenge { token passkeyOptions } userErrors { code }";
    let first = browser.mutate("login", fields, input).await;
    assert!(!first.headers.contains_key(SET_COOKIE));
    assert!(!browser.is_signed_in().await);
    let challenge = first.at("/data/login/challenge");
    let used = device.get(&challenge["passkeyOptions"]).unwrap();
    let input = json!({ "challenge": challenge["token"], "passkey": used });

    let reply = browser.mutate("completeLogin", ANSWER, input).await;

    browser.assert_delivered(&reply);
    assert!(browser.cookie("gatehouse_device").is_some());
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn adding_and_reauthenticating_exchange_the_cookies() {
    let app = TestApp::start().await;
    verified(&app, "ann").await;
    let (mut browser, mut device) = (Browser::new(&app), new_device());
    let input = json!({ "identifier": "ann", "password": PASSWORD });
    let fields = "userErrors { code }";
    browser.mutate("login", fields, input).await.ok();
    let before = browser.cookie("gatehouse_refresh");
    let created = device.create(&browser.options("REGISTER").await).unwrap();
    let input = json!({ "passkey": created });

    let reply = browser.mutate("addPasskey", ANSWER, input).await;

    browser.assert_delivered(&reply);
    let added = browser.cookie("gatehouse_refresh");
    assert_ne!(added, before);
    assert!(browser.is_signed_in().await);

    let options = browser.options("REAUTHENTICATE").await;
    let used = device.get(&options).unwrap();
    let input = json!({ "passkey": used });
    let reply = browser.mutate("reauthenticate", ANSWER, input).await;

    browser.assert_delivered(&reply);
    assert_ne!(browser.cookie("gatehouse_refresh"), added);
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn rejected_answers_set_and_clear_no_cookies() {
    let app = TestApp::start().await;
    let (ann, mut device) = with_passkey(&app, "ann").await;
    let mut browser = Browser::new(&app);
    browser.sign_in(&mut device).await.ok();
    let foreign = Purpose::SignIn.begin(&ann).await;
    let mut other = device.clone();
    other.origin = "https://evil.example".to_owned();
    let input = json!({ "passkey": foreign.answer(&other) });
    for operation in ["loginWithPasskey", "reauthenticate", "addPasskey"] {
        let reply = browser.mutate(operation, ANSWER, input.clone()).await;
        let code = &reply.payload()["userErrors"][0]["code"];
        assert_eq!(code, "PASSKEY_INVALID", "{operation}");
        assert!(!reply.headers.contains_key(SET_COOKIE), "{operation}");
    }
    assert!(browser.is_signed_in().await);
}
