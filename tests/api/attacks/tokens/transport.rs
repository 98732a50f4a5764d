//! Ways to carry a token: one header, once, with the scheme of bearer tokens.

use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
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
        ("nothing", vec![String::new()]),
        ("nothing but the scheme", vec!["Bearer".to_owned()]),
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

#[tokio::test]
async fn a_token_anywhere_else_counts_for_nothing() {
    let siege = Siege::begin().await;
    let token = siege.forger.token();
    let document = "mutation { revokeOtherSessions { revokedSessionCount } }";
    let body = json!({ "query": document });
    let with = |name: &str, value: &str| {
        let mut body = body.clone();
        body[name] = json!(value);
        body.to_string()
    };
    let post = || {
        client()
            .post(siege.app.url("/graphql"))
            .header(CONTENT_TYPE, "application/json")
    };
    let extensions = json!({ "query": document, "extensions": { "access_token": token } });
    for (what, request) in [
        (
            "the query string",
            post()
                .query(&[("access_token", &token)])
                .body(body.to_string()),
        ),
        (
            "the query string, named so",
            post()
                .query(&[("Authorization", &format!("Bearer {token}"))])
                .body(body.to_string()),
        ),
        (
            "a cookie",
            post()
                .header(
                    COOKIE,
                    format!("access_token={token}; Authorization=Bearer {token}"),
                )
                .body(body.to_string()),
        ),
        ("the body", post().body(with("access_token", &token))),
        ("the body's extensions", post().body(extensions.to_string())),
        (
            "another header",
            post()
                .header("X-Access-Token", &token)
                .header("Proxy-Authorization", format!("Bearer {token}"))
                .body(body.to_string()),
        ),
    ] {
        let reply = sent(request).await;
        reply.assert_error("UNAUTHENTICATED");
        assert_eq!(reply.at("/data"), &Value::Null, "{what}");
    }
    let by_get = client()
        .get(siege.app.url("/graphql"))
        .query(&[("query", "{ me { id } }"), ("access_token", &token)]);
    assert_eq!(sent(by_get).await.ok(), &Value::Null, "nobody is signed in");
    let genuine = post()
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .body(body.to_string());
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
