//! How parameters are read: decoded once, kept as typed, each given once.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Reply, TestApp};

fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

#[tokio::test]
async fn what_is_sent_is_decoded_once_and_kept_as_typed() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for name in [
        "100%2541 %u0041 +",
        "&lt;b&gt; &amp;amp; &#65;",
        "\\u0041 \\x41 \\n",
        "'; DROP TABLE users; -- \" $$ ${name} {{name}} %s",
        "<script>alert(1)</script>",
        "=cmd|'/c calc'!A1",
    ] {
        let reply = ann.update_profile(json!({ "name": name })).await;
        assert_eq!(reply.ok()["user"]["name"], name);
        assert_eq!(ann.me().await.at("/data/me/name"), &json!(name));
    }
    app.anonymous().login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn an_address_is_decoded_once() {
    let app = TestApp::start().await;
    let ask = |query: &str| {
        http()
            .get(format!("{}?query={query}", app.url("/graphql")))
            .send()
    };
    let once = ask("%7Bme%7Bid%7D%7D").await.unwrap();
    assert_eq!(once.status(), StatusCode::OK);
    let twice = ask("%257Bme%257Bid%257D%257D").await.unwrap();
    assert_eq!(twice.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_parameter_sent_twice_is_rejected() {
    let app = TestApp::start().await;
    for query in [
        "query={me{id}}&query={authSettings{registrationOpen}}",
        "query={me{id}}&variables={}&variables={}",
        "query={me{id}}&operationName=a&operationName=b",
    ] {
        let address = format!("{}?{query}", app.url("/graphql"));
        let answer = http().get(address).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{query}");
        Reply::read(answer).await.assert_error("BAD_REQUEST");
    }
}

#[tokio::test]
async fn a_credential_given_twice_is_none() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.signed_up("ann").await, app.signed_up("bob").await);
    for second in [&bob.access_token, &ann.access_token] {
        let answer = http()
            .post(app.url("/graphql"))
            .header("authorization", format!("Bearer {}", ann.access_token))
            .header("authorization", format!("Bearer {second}"))
            .json(&json!({ "query": "{ me { id } }" }))
            .send()
            .await
            .unwrap();
        let reply = Reply::read(answer).await;
        reply.assert_error("UNAUTHENTICATED");
        assert_eq!(reply.at("/data/me"), &Value::Null);
    }
}

#[tokio::test]
async fn a_token_in_the_address_is_no_credential() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let token = &ann.access_token;
    let asked = "query={me{id}}";
    for address in [
        format!("{asked}&access_token={token}"),
        format!("{asked}&token={token}"),
        format!("{asked}&authorization=Bearer%20{token}"),
        format!("{asked}&extensions={{\"authorization\":\"{token}\"}}"),
    ] {
        let request = http().get(format!("{}?{address}", app.url("/graphql")));
        let cookie = format!("access_token={token}; gatehouse_access={token}");
        let answer = request.header("cookie", cookie).send().await.unwrap();
        let reply = Reply::read(answer).await;
        assert_eq!(reply.at("/data/me"), &Value::Null, "{}", reply.body);
    }
    assert!(ann.is_signed_in().await, "where it belongs it counts");
}
