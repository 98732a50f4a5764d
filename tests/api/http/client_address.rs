//! Where requests come from, behind proxies and without.

use std::num::NonZeroU32;
use std::time::Duration;

use gatehouse::config::{Config, Quota};
use serde_json::{Value, json};

use crate::support::{PASSWORD, TestApp};

async fn login(app: &TestApp, header: &'static str, value: &str) -> Value {
    post(app, &[(header, value.to_owned())]).await
}

/// The address that a sign-in with these headers is seen to come from.
async fn seen(app: &TestApp, headers: &[(&'static str, String)]) -> String {
    let answer = post(app, headers).await;
    let address = &answer["data"]["login"]["session"]["ipAddress"];
    address
        .as_str()
        .unwrap_or_else(|| panic!("{answer}"))
        .to_owned()
}

/// Signs in with these headers.
async fn post(app: &TestApp, headers: &[(&'static str, String)]) -> Value {
    let query = format!(
        "mutation {{ login(input: {{ identifier: \"ann\", password: \"{PASSWORD}\" }}) {{ session {{ ipAddress }} }} }}"
    );
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = http
        .post(app.url("/graphql"))
        .json(&json!({ "query": query }));
    for (header, value) in headers {
        request = request.header(*header, value);
    }
    request.send().await.unwrap().json().await.unwrap()
}

fn limited(config: &mut Config) {
    config.rate_limits.login_network = Some(Quota {
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
async fn only_the_forwarding_header_that_is_set_is_believed() {
    let both = |forwarded: &str, x_forwarded: &str| {
        vec![
            ("forwarded", format!("for={forwarded}")),
            ("x-forwarded-for", x_forwarded.to_owned()),
        ]
    };
    let proxies = ("GATEHOUSE_TRUSTED_PROXIES", "127.0.0.0/8");
    let app = TestApp::with_settings(&[proxies], |_| {}).await;
    app.signed_up("ann").await;
    let sent = both("6.6.6.6", "192.0.2.1");
    assert_eq!(seen(&app, &sent).await, "192.0.2.1");
    assert_eq!(seen(&app, &sent[..1]).await, "127.0.0.1");

    let header = ("GATEHOUSE_FORWARDED_HEADER", "Forwarded");
    let app = TestApp::with_settings(&[proxies, header], |_| {}).await;
    app.signed_up("ann").await;
    let sent = both("192.0.2.1", "6.6.6.6");
    assert_eq!(seen(&app, &sent).await, "192.0.2.1");
    assert_eq!(seen(&app, &sent[1..]).await, "127.0.0.1");
}

const SECRET: &str = "uKqv3mTlXn0m4Bv8c5Yj1sZ2wQe7rTg9hPo6iLk3dFs=";
const NEXT_SECRET: &str = "Zb9xQ1nW4eR7tY2uI5oP8aS3dF6gH0jK1lMzXcVbNqE=";

fn vouched(secret: &str, address: &str) -> Vec<(&'static str, String)> {
    vec![
        ("x-gatehouse-front-end", secret.to_owned()),
        ("x-gatehouse-client-address", address.to_owned()),
    ]
}

async fn with_front_ends() -> TestApp {
    let secrets = format!("{SECRET},{NEXT_SECRET}");
    let variables = [("GATEHOUSE_FRONT_END_SECRET", secrets.as_str())];
    let app = TestApp::with_settings(&variables, limited).await;
    app.signed_up("ann").await;
    app
}

#[tokio::test]
async fn a_front_end_with_a_secret_vouches_for_its_visitors() {
    let app = with_front_ends().await;
    for n in 1..9 {
        let secret = if n % 2 == 0 { SECRET } else { NEXT_SECRET };
        let sent = vouched(secret, &format!("192.0.2.{n}"));
        assert_eq!(seen(&app, &sent).await, format!("192.0.2.{n}"));
    }
    let sent = vouched(SECRET, "::ffff:192.0.2.99");
    assert_eq!(seen(&app, &sent).await, "192.0.2.99");
}

#[tokio::test]
async fn without_a_right_secret_and_an_address_the_peer_s_address_is_used() {
    let mut others: Vec<Vec<(&str, String)>> = vec![
        vouched(SECRET, "unknown"),
        vouched(SECRET, "192.0.2.1, 192.0.2.2"),
        vec![("x-gatehouse-front-end", SECRET.to_owned())],
    ];
    for wrong in [
        "",
        "secret",
        &SECRET[1..],
        &format!("{SECRET},{NEXT_SECRET}"),
    ] {
        others.push(vouched(wrong, "192.0.2.1"));
    }
    others.push(vec![("x-gatehouse-client-address", "192.0.2.1".to_owned())]);
    others.push([vouched(SECRET, "192.0.2.1"), vouched(SECRET, "192.0.2.2")].concat());
    for sent in others {
        let app = with_front_ends().await;
        assert_eq!(seen(&app, &sent).await, "127.0.0.1", "{sent:?}");
    }
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let sent = vouched(SECRET, "192.0.2.1");
    assert_eq!(seen(&app, &sent).await, "127.0.0.1", "without the setting");
}

#[tokio::test]
async fn a_wrong_front_end_secret_is_no_way_around_a_limit_and_is_counted() {
    let app = with_front_ends().await;
    for n in 1..4 {
        seen(&app, &vouched("wrong", &format!("192.0.2.{n}"))).await;
    }
    let refused = post(&app, &vouched("wrong", "192.0.2.9")).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["code"], "RATE_LIMITED",
        "{refused}"
    );
    assert!(!refused.to_string().contains("192.0.2.9"));
    let counted = app.metric("front_end_secrets_rejected_total").await;
    assert_eq!(counted, 4);
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
