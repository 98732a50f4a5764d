//! Links and origins that an attacker would like to choose.

use reqwest::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use serde_json::{Value, json};

use crate::support::{PASSWORD, TestApp};

const INTROSPECTION: &str = "{ __schema { types { name kind
  inputFields { name type { name ofType { name } } }
  fields { name args { name type { name ofType { name } } } }
} } }";

fn forged() -> HeaderMap {
    [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-for", "192.0.2.1"),
        ("x-forwarded-server", "evil.example"),
        ("x-host", "evil.example"),
        ("x-original-url", "https://evil.example/"),
    ]
    .into_iter()
    .map(|(name, value)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    })
    .collect()
}

#[tokio::test]
async fn not_even_a_trusted_proxy_says_where_links_lead() {
    let variables = [("GATEHOUSE_TRUSTED_PROXIES", "127.0.0.0/8")];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let send = async |query: String| {
        let request = http.post(app.url("/graphql")).headers(forged());
        let answer = request.json(&json!({ "query": query })).send().await;
        let answer: Value = answer.unwrap().json().await.unwrap();
        assert_eq!(answer["errors"], json!(null), "{answer}");
        answer["data"].clone()
    };
    let registered = send(format!(
        "mutation {{ register(input: {{ email: \"ann@example.org\", password: \"{PASSWORD}\" }}) {{ session {{ ipAddress }} }} }}"
    ))
    .await;
    let address = &registered["register"]["session"]["ipAddress"];
    assert_eq!(address, "192.0.2.1", "the proxy is believed in that");
    send(
        "mutation { requestPasswordReset(input: { email: \"ann@example.org\" }) { userErrors { code } } }"
            .to_owned(),
    )
    .await;
    let mails = app.mails_to("ann@example.org").await;
    assert_eq!(mails.len(), 2);
    for (mail, page) in mails.iter().zip(["verify-email", "reset-password"]) {
        let link = format!("https://app.example.org/{page}?token=");
        assert!(mail.text.contains(&link), "{}", mail.text);
        assert!(!mail.source.contains("evil"), "{}", mail.source);
    }
}

#[tokio::test]
async fn nobody_names_a_place_to_be_led_to() {
    let app = TestApp::start().await;
    let reply = app.anonymous().graphql(INTROSPECTION, json!({})).await;
    let mut places = Vec::new();
    for kind in reply.at("/data/__schema/types").as_array().unwrap() {
        let own = kind["inputFields"].as_array().into_iter().flatten();
        let arguments = kind["fields"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|field| field["args"].as_array().unwrap());
        for input in own.chain(arguments) {
            let name = input["name"].as_str().unwrap().to_lowercase();
            let of_type = [&input["type"]["name"], &input["type"]["ofType"]["name"]];
            let words = ["url", "uri", "redirect", "return", "callback", "target"];
            if words.iter().any(|word| name.contains(word)) || of_type.contains(&&json!("URL")) {
                places.push(format!("{}.{name}", kind["name"].as_str().unwrap()));
            }
        }
    }
    assert_eq!(places, ["UpdateProfileInput.avatarurl"]);
}

#[tokio::test]
async fn no_look_alike_of_the_front_end_s_origin_is_accepted() {
    let app = TestApp::start().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let allowed = async |origin: &str| {
        let request = http.post(app.url("/graphql")).header(ORIGIN, origin);
        let answer = request.json(&json!({ "query": "{ __typename }" })).send();
        let answer = answer.await.unwrap();
        answer.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN)
    };
    assert!(allowed("https://app.example.org").await);
    for origin in [
        "https://app.example.org.evil.example",
        "https://evilapp.example.org",
        "https://evil.example/https://app.example.org",
        "https://app.example.org@evil.example",
        "https://app.example.org/",
        "https://app.example.org:443",
        "https:app.example.org",
        "//app.example.org",
        "/\\app.example.org",
        "HTTPS://APP.EXAMPLE.ORG",
        "http://app.example.org",
        "https://*.example.org",
        "*",
        "null",
        "",
    ] {
        assert!(!allowed(origin).await, "{origin:?}");
    }
}
