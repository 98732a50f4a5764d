//! Ways to carry a token: one header, once, with the scheme of bearer tokens.

use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use serde_json::{Value, json};

use super::siege::{Siege, client};
use crate::support::Reply;

#[tokio::test]
async fn only_one_bearer_token_in_one_header_is_a_credential() {
    let mut siege = Siege::begin().await;
    let token = siege.forger.token();
    let bearer = format!("Bearer {token}");
    let basic = format!("Basic {token}");
    for (what, values) in [
        ("twice", vec![bearer.clone(), bearer.clone()]),
        (
            "a genuine one and another",
            vec![bearer.clone(), "Bearer a.b.c".to_owned()],
        ),
        (
            "another and a genuine one",
            vec!["Basic YTpi".to_owned(), bearer.clone()],
        ),
        ("joined by a comma", vec![format!("{bearer}, {bearer}")]),
        ("joined by a comma, once", vec![format!("{bearer},")]),
        ("joined by a space", vec![format!("{bearer} {token}")]),
        (
            "with a parameter",
            vec![format!("Bearer token={token}, x=y")],
        ),
        ("another scheme", vec![basic]),
        (
            "a user's name and password",
            vec!["Basic YW5uOnZpb2xldA==".to_owned()],
        ),
        ("no scheme", vec![token.clone()]),
        ("the scheme with a colon", vec![format!("Bearer: {token}")]),
        ("the scheme behind", vec![format!("{token} Bearer")]),
        ("a tab", vec![format!("Bearer\t{token}")]),
        ("nothing twice", vec![String::new(), String::new()]),
        (
            "nothing and a genuine one",
            vec![String::new(), bearer.clone()],
        ),
        ("DPoP", vec![format!("DPoP {token}")]),
    ] {
        let values: Vec<&[u8]> = values.iter().map(String::as_bytes).collect();
        siege.refuses_headers(what, &values, "malformed").await;
    }
    siege.over().await;
}

#[tokio::test]
async fn the_scheme_may_be_written_in_any_case() {
    let siege = Siege::begin().await;
    for scheme in ["bearer", "BEARER", "bEARER"] {
        let there = siege
            .app
            .anonymous()
            .with_authorization(&format!("{scheme} {}", siege.forger.token()));
        assert_eq!(there.me().await.text("/data/me/id"), siege.ann.user_id);
    }
    siege.over().await;
}

/// What nobody may do without a sign-in.
const PROTECTED: &str = "mutation { revokeOtherSessions { revokedSessionCount } }";

fn post(siege: &Siege) -> RequestBuilder {
    client()
        .post(siege.app.url("/graphql"))
        .header(CONTENT_TYPE, "application/json")
}

#[tokio::test]
async fn a_token_in_the_query_or_another_header_counts_for_nothing() {
    let siege = Siege::begin().await;
    let token = siege.forger.token();
    let bearer = format!("Bearer {token}");
    let cookie = format!("access_token={token}; Authorization={bearer}");
    for request in [
        post(&siege).query(&[("access_token", &token)]),
        post(&siege).query(&[("Authorization", &bearer)]),
        post(&siege).header(COOKIE, cookie),
        post(&siege).header("X-Access-Token", &token),
        post(&siege).header("Proxy-Authorization", &bearer),
    ] {
        let body = json!({ "query": PROTECTED }).to_string();
        let reply = sent(request.body(body)).await;
        reply.assert_error("UNAUTHENTICATED");
        assert_eq!(reply.at("/data"), &Value::Null);
    }
    let by_get = client()
        .get(siege.app.url("/graphql"))
        .query(&[("query", "{ me { id } }"), ("access_token", &token)]);
    assert_eq!(sent(by_get).await.ok(), &Value::Null, "nobody is signed in");
    siege.over().await;
}

#[tokio::test]
async fn a_token_in_the_body_counts_for_nothing() {
    let siege = Siege::begin().await;
    let token = siege.forger.token();
    for body in [
        json!({ "query": PROTECTED, "access_token": token }),
        json!({ "query": PROTECTED, "extensions": { "access_token": token } }),
        json!({ "query": PROTECTED, "variables": { "access_token": token } }),
    ] {
        let reply = sent(post(&siege).body(body.to_string())).await;
        reply.assert_error("UNAUTHENTICATED");
        assert_eq!(reply.at("/data"), &Value::Null);
    }
    let body = json!({ "query": PROTECTED }).to_string();
    let genuine = post(&siege).bearer_auth(&token).body(body);
    assert_eq!(sent(genuine).await.ok()["revokedSessionCount"], 0);
    siege.over().await;
}

#[tokio::test]
async fn a_form_carries_neither_a_token_nor_a_request() {
    let siege = Siege::begin().await;
    let form = format!(
        "access_token={}&query=%7B+me+%7B+id+%7D+%7D",
        siege.forger.token()
    );
    let request = client()
        .post(siege.app.url("/graphql"))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form);
    let reply = sent(request).await;
    assert_eq!(reply.status.as_u16(), 415);
    assert!(!reply.body.to_string().contains(&siege.ann.user_id));
    siege.over().await;
}

async fn sent(request: RequestBuilder) -> Reply {
    Reply::read(request.send().await.unwrap()).await
}
