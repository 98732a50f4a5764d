//! An instance under attack by one credential after the other.

use std::time::Duration;

use gatehouse::config::Config;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::forger::Forger;
use crate::support::{Reply, SignedUp, TestApp, log_of};

/// Records accepted requests, and reports all of them in [`Siege::over`].
pub(super) struct Siege {
    pub(super) app: TestApp,
    pub(super) ann: SignedUp,
    pub(super) forger: Forger,
    http: reqwest::Client,
    usual: Reply,
    breaches: Vec<String>,
}

impl Siege {
    pub(super) async fn begin() -> Self {
        Self::with(|_| {}).await
    }

    /// With other settings than the tests' usual ones.
    pub(super) async fn with(adjust: impl FnOnce(&mut Config)) -> Self {
        let app = Box::pin(TestApp::with(adjust)).await;
        let ann = app.signed_up("ann").await;
        let forger = Forger::of(&app, &ann).await;
        let usual = app.anonymous().bearing("a.b.c").me().await;
        usual.assert_error("UNAUTHENTICATED");
        let mut siege = Self {
            app,
            ann,
            forger,
            http: client(),
            usual,
            breaches: Vec::new(),
        };
        let genuine = siege.forger.token();
        siege
            .accepts("a token of the forger's, unchanged", &genuine)
            .await;
        siege
    }

    /// `token` as a bearer token must be answered as every other that does not count, and logged for `reason`.
    pub(super) async fn refuses(&mut self, what: &str, token: impl AsRef<[u8]>, reason: &str) {
        let authorization = [b"Bearer ", token.as_ref()].concat();
        self.refuses_headers(what, &[&authorization], reason).await;
    }

    /// The same for whole values of `Authorization`.
    pub(super) async fn refuses_headers(&mut self, what: &str, values: &[&[u8]], reason: &str) {
        let reply = self.ask(values).await;
        if reply.status != self.usual.status || reply.body != self.usual.body {
            let (status, body) = (reply.status, &reply.body);
            self.breach(what, &format!("was answered {status} {body}"));
        }
        if shown(&reply.headers) != shown(&self.usual.headers) {
            let headers = shown(&reply.headers);
            self.breach(what, &format!("was answered with {headers:?}"));
        }
        let lines = log_of(&reply);
        let log = json!(lines).to_string();
        let parts = values
            .iter()
            .flat_map(|value| value.split(|byte| b". ".contains(byte)));
        for part in parts.filter_map(|part| std::str::from_utf8(part).ok()) {
            if part.len() > 20 && log.contains(part) {
                self.breach(what, &format!("was logged itself: {log}"));
            }
        }
        let expected = json!([["INFO", reason, "127.0.0.1"]]);
        let refusals = json!(refusals(&lines));
        if refusals != expected || lines.len() != 2 {
            self.breach(
                what,
                &format!("was not logged as {reason} but as {lines:#?}"),
            );
        }
    }

    /// What must go on working.
    pub(super) async fn accepts(&mut self, what: &str, token: &str) {
        let reply = self.ask(&[format!("Bearer {token}").as_bytes()]).await;
        if reply.at("/data/me/id") != &Value::String(self.ann.user_id.clone()) {
            self.breach(what, &format!("does not count: {}", reply.body));
        }
    }

    /// The end: nothing got through, and the service goes on.
    #[track_caller]
    pub(super) fn over(self) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            let siege = self;
            assert!(
                siege.breaches.is_empty(),
                "at {caller}: {}",
                siege.breaches.join("\n")
            );
            assert!(siege.ann.login_again().await.is_signed_in().await);
        }
    }

    fn breach(&mut self, what: &str, how: &str) {
        self.breaches.push(format!("{what} {how}"));
    }

    async fn ask(&self, authorization: &[&[u8]]) -> Reply {
        let document = include_str!("../../documents/me.graphql");
        let mut request = self
            .http
            .post(self.app.url("/graphql"))
            .header(CONTENT_TYPE, "application/json")
            .body(json!({ "query": document, "variables": {} }).to_string());
        for value in authorization {
            request = request.header(AUTHORIZATION, HeaderValue::from_bytes(value).unwrap());
        }
        Reply::read(request.send().await.unwrap()).await
    }
}

pub(super) fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_mins(1))
        .build()
        .unwrap()
}

/// All headers but the two that differ with each answer.
fn shown(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut shown: Vec<_> = headers
        .iter()
        .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    shown.sort();
    shown
}

/// Level, reason and place of each refusal among `lines`.
fn refusals(lines: &[Value]) -> Vec<[&Value; 3]> {
    lines
        .iter()
        .filter(|line| line["message"] == "access token rejected")
        .map(|line| [&line["level"], &line["reason"], &line["network"]])
        .collect()
}
