//! What every answer says of itself, and the methods that are answered at all.

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Method, Response, StatusCode};

use crate::support::TestApp;

fn http() -> Client {
    let builder = Client::builder().no_proxy();
    builder
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

const ME: &str = r#"{"query":"{ me { id } }"}"#;

/// Returns responses of every kind, successes and errors, with their requests.
async fn answers(app: &TestApp) -> Vec<(&'static str, Response)> {
    let (http, graphql) = (http(), app.url("/graphql"));
    let post = |body: String| {
        http.post(&graphql)
            .header(CONTENT_TYPE, "application/json")
            .body(body)
    };
    let mut answers = Vec::new();
    for (what, request) in [
        ("a query", post(ME.to_owned())),
        ("no JSON", post("{".to_owned())),
        ("no document", post(r#"{"query":"{ nothing }"}"#.to_owned())),
        ("too large", post("x".repeat(70_000))),
        (
            "another type",
            http.post(&graphql)
                .header(CONTENT_TYPE, "text/plain")
                .body(ME),
        ),
        (
            "not acceptable",
            post(ME.to_owned()).header("accept", "image/png"),
        ),
        ("another method", http.put(&graphql)),
        ("the keys", http.get(app.url("/.well-known/jwks.json"))),
        ("no place", http.get(app.url("/nothing"))),
        ("the root", http.get(app.url("/"))),
        ("GraphiQL", http.get(app.url("/graphiql"))),
        ("the mailbox", http.get(app.url("/dev/mail"))),
        ("its mails", http.get(app.url("/dev/mail/messages"))),
        ("no mail", http.get(app.url("/dev/mail/messages/x/html"))),
    ] {
        answers.push((what, request.send().await.unwrap()));
    }
    answers
}

#[tokio::test]
async fn whatever_has_a_body_says_what_it_is_and_in_which_charset() {
    let app = TestApp::start().await;
    for (what, answer) in answers(&app).await {
        let kind = answer.headers().get(CONTENT_TYPE).cloned();
        if answer.text().await.unwrap().is_empty() {
            continue;
        }
        let kind = kind.unwrap_or_else(|| panic!("{what}: no type"));
        let kind = kind.to_str().unwrap();
        // JSON is UTF-8 and has no parameter for it (RFC 8259, section 11).
        assert!(
            kind == "application/json" || kind.ends_with("; charset=utf-8"),
            "{what}: {kind}"
        );
    }
}

#[tokio::test]
async fn no_answer_names_the_software_that_gave_it() {
    let app = TestApp::start().await;
    let told = |headers: &HeaderMap| format!("{headers:?}").to_lowercase();
    for (what, answer) in answers(&app).await {
        let headers = told(answer.headers());
        for word in [
            "server",
            "x-powered-by",
            "via\"",
            "axum",
            "hyper",
            env!("CARGO_PKG_VERSION"),
        ] {
            assert!(!headers.contains(word), "{what}: {word} in {headers}");
        }
    }
}

#[tokio::test]
async fn what_a_browser_might_open_can_do_nothing_there() {
    let app = TestApp::start().await;
    for (what, answer) in answers(&app).await {
        let headers = answer.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{what}");
        assert_eq!(
            headers["cross-origin-resource-policy"], "same-origin",
            "{what}"
        );
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("base-uri 'none'"), "{what}: {policy}");
        let objects = policy.contains("object-src 'none'") || policy.contains("default-src 'none'");
        assert!(objects, "{what}: {policy}");
    }
}

#[tokio::test]
async fn only_the_methods_in_use_are_answered() {
    let app = TestApp::start().await;
    for path in [
        "/graphql",
        "/.well-known/jwks.json",
        "/.well-known/openid-configuration",
        "/graphiql",
    ] {
        for method in [
            "TRACE", "TRACK", "DEBUG", "PUT", "DELETE", "PATCH", "OPTIONS",
        ] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = http()
                .request(method.clone(), app.url(path))
                .send()
                .await
                .unwrap();
            assert_eq!(
                answer.status(),
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
            assert!(answer.headers().contains_key("allow"), "{method} {path}");
        }
    }
    let trace = http()
        .request(Method::TRACE, app.url("/nothing"))
        .send()
        .await
        .unwrap();
    assert_eq!(trace.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn folders_are_not_listed() {
    let app = TestApp::with_settings(&[("GATEHOUSE_PROFILE", "production")], |_| {}).await;
    for path in [
        "/",
        "/.well-known",
        "/.well-known/",
        "/.git/HEAD",
        "/data/",
        "/../Cargo.toml",
        "/dev/mail/",
    ] {
        let answer = http().get(app.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
