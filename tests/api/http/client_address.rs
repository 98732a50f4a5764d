//! Where requests come from, behind proxies and without.

use std::num::NonZeroU32;
use std::time::Duration;

use gatehouse::config::{Config, Quota};
use serde_json::{Value, json};

use crate::support::{PASSWORD, TestApp};

async fn login(app: &TestApp, header: &str, value: &str) -> Value {
    let query = format!(
        "mutation {{ login(input: {{ identifier: \"ann\", password: \"{PASSWORD}\" }}) {{ session {{ ipAddress }} }} }}"
    );
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = http
        .post(app.url("/graphql"))
        .header(header, value)
        .json(&json!({ "query": query }));
    request.send().await.unwrap().json().await.unwrap()
}

fn limited(config: &mut Config) {
    config.rate_limits.login = Some(Quota {
        burst: NonZeroU32::new(3).unwrap(),
        period: Duration::from_mins(1),
    });
}

#[tokio::test]
async fn a_trusted_proxy_says_where_a_request_comes_from() {
    let variables = [("GATEHOUSE_TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.0/8")];
    let app = TestApp::with_settings(&variables, limited).await;
    app.signed_up("ann").await;
    for n in 1..9 {
        let answer = login(
            &app,
            "x-forwarded-for",
            &format!("6.6.6.6, 192.0.2.{n}, 10.0.0.1"),
        )
        .await;
        let seen = &answer["data"]["login"]["session"]["ipAddress"];
        assert_eq!(seen, &format!("192.0.2.{n}"), "{answer}");
    }
}

#[tokio::test]
async fn without_one_no_header_is_a_way_around_a_limit() {
    let app = TestApp::with(limited).await;
    app.signed_up("ann").await;
    for n in 1..4 {
        let answer = login(&app, "x-forwarded-for", &format!("192.0.2.{n}")).await;
        let seen = &answer["data"]["login"]["session"]["ipAddress"];
        assert_eq!(seen, "127.0.0.1");
    }
    for (header, value) in [
        ("x-forwarded-for", "192.0.2.9"),
        ("forwarded", "for=192.0.2.9"),
    ] {
        let answer = login(&app, header, value).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "RATE_LIMITED",
            "{answer}"
        );
    }
}

#[tokio::test]
async fn spelling_is_no_way_around_a_limit() {
    let app = TestApp::with(limited).await;
    app.signed_up("ann").await;
    for identifier in ["ann", "ANN", " ａｎｎ "] {
        app.anonymous().login(identifier, PASSWORD).await.ok();
    }
    let refused = app.anonymous().login("Ann", PASSWORD).await;
    refused.assert_error("RATE_LIMITED");
    assert_eq!(refused.headers["retry-after"], "20");
}
