//! The whole service in the process, without sockets, with invariants of its responses.
#![expect(clippy::missing_panics_doc, reason = "to panic is what they are for")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use chrono::DateTime;
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use crate::app::{App, Schedule};
use crate::clock::FixedClock;
use crate::config::Config;
use crate::entropy::SeededEntropy;
use crate::graphql::Documents;
use crate::http::invariants::written;
use crate::{graphql, http};

/// Placeholders for credentials in a written request.
const PLACES: [(&str, &str); 4] = [
    ("$ACCESS", "/tokens/accessToken"),
    ("$REFRESH", "/tokens/refreshToken"),
    ("$SESSION", "/session/id"),
    ("$USER", "/user/id"),
];
const REGISTER: &str = "mutation($input: RegisterInput!) { register(input: $input) { user { id } session { id } \
                        tokens { accessToken refreshToken } } }";

/// A service on a database of its own, with a signed-in user.
#[derive(Debug)]
pub struct Service {
    runtime: Runtime,
    router: Router,
    known: Mutex<(u64, Value)>,
}

impl Service {
    /// Starts a service that stores everything in `folder`.
    #[expect(clippy::unwrap_used, reason = "without a service nothing can be tried")]
    pub fn start(folder: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let database = format!("sqlite://{}/gatehouse.db?mode=rwc", folder.display());
        let mails = format!("file://{}/mail", folder.display());
        let mut variables: BTreeMap<String, String> = [
            ("DATABASE_URL", database.as_str()),
            ("GATEHOUSE_DATABASE_POOL", "2"),
            (
                "GATEHOUSE_SECRET",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            ),
            ("GATEHOUSE_HASH_THREADS", "1"),
            ("GATEHOUSE_MAIL_URL", mails.as_str()),
            ("GATEHOUSE_TRUSTED_PROXIES", "127.0.0.0/8"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        for action in ["REGISTER", "LOGIN", "REFRESH", "PASSWORD_CHECK", "MAIL"] {
            for name in [action.to_owned(), format!("{action}_NETWORK")] {
                variables.insert(format!("GATEHOUSE_LIMIT_{name}"), "off".to_owned());
            }
        }
        for name in ["PROFILE", "RECIPIENT", "RECIPIENT_DAILY"] {
            variables.insert(format!("GATEHOUSE_LIMIT_{name}"), "off".to_owned());
        }
        let mut config = Config::load(&variables, None).unwrap();
        config.passwords.bcrypt_cost = 4;
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let surroundings = crate::app::Runtime {
            clock: Arc::new(FixedClock::at(now)),
            entropy: Arc::new(SeededEntropy::new(1)),
            schedule: Schedule::IntervalOnly,
        };
        let app = runtime
            .block_on(App::start_with(config, surroundings))
            .unwrap();
        let app = Arc::new(app);
        let documents = Arc::new(Documents::load(&app).unwrap());
        let schema = graphql::build(app.clone(), documents.clone());
        let service = Self {
            router: http::api_router(app, schema, documents),
            runtime,
            known: Mutex::new((0, Value::Null)),
        };
        service.sign_up();
        service
    }

    /// Registers a new user, whose credentials are sent from now on.
    fn sign_up(&self) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.0 += 1;
        let input = json!({
            "email": format!("user{}@example.org", known.0),
            "username": format!("user{}", known.0),
            "password": "violet otters juggle quietly",
        });
        let body = json!({ "query": REGISTER, "variables": { "input": input } });
        let (status, _, answer) = self.post(&body, None);
        known.1 = answer
            .pointer("/data/register")
            .cloned()
            .unwrap_or_default();
        let is_signed_in = known
            .1
            .pointer("/tokens/accessToken")
            .is_some_and(Value::is_string);
        assert!(is_signed_in, "{status}: nobody can sign up: {answer}");
    }

    /// Responds to a request as [`written`] parses it, with placeholders such as `$ACCESS` replaced.
    pub fn answer(&self, data: &[u8]) {
        let known = self
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .1
            .clone();
        let mut text = String::from_utf8_lossy(data).into_owned();
        let is_signed_in = text.contains("$ACCESS");
        for (place, pointer) in PLACES {
            let value = known.pointer(pointer).and_then(Value::as_str);
            text = text.replace(place, value.unwrap_or_default());
        }
        let Some(request) = written(text.as_bytes()) else {
            return;
        };
        let method = request.method().clone();
        let is_graphql = request.uri().path() == "/graphql";
        let (status, headers, body) = self.send(request.map(Body::from));
        check(&method, is_graphql, (status, &headers, &body));
        if is_signed_in && text.contains("mutation") && !self.stands(&known) {
            self.sign_up();
        }
    }

    /// Returns whether the credentials of `known` are still accepted.
    fn stands(&self, known: &Value) -> bool {
        let token = known.pointer("/tokens/accessToken").and_then(Value::as_str);
        let (_, _, answer) = self.post(&json!({ "query": "{ me { id } }" }), token);
        answer.pointer("/data/me/id").is_some_and(Value::is_string)
    }

    fn post(&self, body: &Value, token: Option<&str>) -> (StatusCode, HeaderMap, Value) {
        let mut request = Request::new(Body::from(body.to_string()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = Uri::from_static("/graphql");
        let headers = request.headers_mut();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        let bearer = token.and_then(|token| format!("Bearer {token}").parse().ok());
        if let Some(value) = bearer {
            headers.insert("authorization", value);
        }
        let (status, headers, body) = self.send(request);
        (
            status,
            headers,
            serde_json::from_slice(&body).unwrap_or_default(),
        )
    }

    fn send(&self, mut request: Request<Body>) -> (StatusCode, HeaderMap, Bytes) {
        let peer = SocketAddr::from(([127, 0, 0, 1], 4711));
        request.extensions_mut().insert(ConnectInfo(peer));
        self.runtime.block_on(async {
            let answered = self.router.clone().oneshot(request);
            let (parts, body) = answered.map(Result::unwrap_or_default).await.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            (parts.status, parts.headers, body)
        })
    }
}

/// Asserts that a response is not an internal error, declares its type, and is not cacheable.
fn check(
    method: &Method,
    is_graphql: bool,
    (status, headers, body): (StatusCode, &HeaderMap, &[u8]),
) {
    assert!(status.as_u16() < 500, "{status}");
    for name in [
        "x-request-id",
        "x-content-type-options",
        "content-security-policy",
    ] {
        assert!(headers.contains_key(name), "{name} is missing");
    }
    if !is_graphql || method == Method::HEAD || status == StatusCode::NO_CONTENT {
        return;
    }
    assert_eq!(
        headers.get("cache-control").map(HeaderValue::as_bytes),
        Some(&b"no-store"[..])
    );
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    assert!(answer.is_object(), "it is no JSON");
    let errors = answer["errors"].as_array().cloned().unwrap_or_default();
    assert!(
        !errors.is_empty() || answer.get("data").is_some(),
        "{answer}"
    );
    for error in errors {
        let code = error["extensions"]["code"].as_str().unwrap_or_default();
        assert!(!code.is_empty() && code != "INTERNAL", "{error}");
    }
}
