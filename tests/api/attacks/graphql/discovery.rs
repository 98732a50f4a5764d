//! Finding out what there is by what answers say.

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use serde_json::{Value, json};

use super::{aliased, http, production};
use crate::support::Reply;

/// Each a letter away from what there is.
const NEAR_MISSES: [&str; 12] = [
    "{ mee { id } }",
    "{ me { emial } }",
    "{ me { sessions(frist: 1) { nodes { id } } } }",
    "{ me }",
    "{ me { id { x } } }",
    "query($a: LoginInputs) { me { id } }",
    "{ me { id @skipp(if: true) } }",
    "{ ... on Queri { __typename } }",
    "mutation { logn { tokens { accessToken } } }",
    "mutation { login(input: { identifier: \"a\" }) { userErrors { code } } }",
    "mutation { login(input: { identifier: \"a\", passwort: \"b\" }) { userErrors { code } } }",
    "subscription { me { id } }",
];

#[tokio::test]
async fn a_near_miss_is_answered_like_noise() {
    let app = production().await;
    let ask = |document: &str| {
        http()
            .post(app.url("/graphql"))
            .json(&json!({ "query": document }))
            .send()
    };
    let noise = ask("%%%").await.unwrap();
    assert_eq!(noise.status(), StatusCode::BAD_REQUEST);
    let (length, noise) = (
        noise.headers()[CONTENT_LENGTH].clone(),
        noise.text().await.unwrap(),
    );
    let said = r#"{"errors":[{"message":"The document cannot be executed.","extensions":{"code":"BAD_REQUEST"}}]}"#;
    assert_eq!(noise, said);
    for document in NEAR_MISSES {
        let response = ask(document).await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{document}");
        assert_eq!(response.headers()[CONTENT_LENGTH], length, "{document}");
        assert_eq!(response.text().await.unwrap(), noise, "{document}");
    }
    for variables in [
        json!({ "i": 5 }),
        json!({ "i": { "passwort": "x" } }),
        json!({}),
    ] {
        let document = "mutation($i: LoginInput!) { login(input: $i) { userErrors { code } } }";
        let reply = app.anonymous().graphql(document, variables).await;
        assert_eq!(reply.body, serde_json::from_str::<Value>(&noise).unwrap());
    }
}

#[tokio::test]
async fn many_errors_are_reported_as_one() {
    let app = production().await;
    let faults = aliased(15, "nothing @aa @bb");
    let reply = app
        .anonymous()
        .graphql(&format!("{{ {faults} }}"), json!({}))
        .await;
    reply.assert_error("BAD_REQUEST");
    assert!(reply.body.to_string().len() < 200, "{}", reply.body);
}

#[tokio::test]
async fn no_page_for_developers_is_served_in_production() {
    let app = production().await;
    for path in [
        "/",
        "/graphiql",
        "/playground",
        "/altair",
        "/voyager",
        "/console",
        "/explorer",
        "/sandbox",
        "/graphql/console",
        "/graphql/playground",
        "/v1/graphql",
        "/api/graphql",
        "/graphql.js",
        "/schema.graphql",
        "/dev/mail",
        "/metrics",
        "/health/ready",
        "/.git/config",
        "/.env",
    ] {
        let request = http().get(app.url(path)).header(ACCEPT, "text/html,*/*");
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(response.text().await.unwrap(), "Not found.\n");
    }
    let browser = http().get(app.url("/graphql")).header(ACCEPT, "text/html");
    assert_eq!(
        browser.send().await.unwrap().status(),
        StatusCode::NOT_ACCEPTABLE
    );
}

#[tokio::test]
async fn answers_name_no_engine_and_hold_no_trace() {
    let app = production().await;
    let ann = app.signed_up("ann").await;
    let executed = ann.graphql("{ me { id } }", json!({})).await;
    let failed = app
        .anonymous()
        .graphql(
            "mutation { revokeOtherSessions { revokedSessionCount } }",
            json!({}),
        )
        .await;
    let invalid = ann.graphql("{ nothing }", json!({})).await;
    let broken = ann.send("{\"query\":".to_owned()).await;
    let absent = Reply::read(http().get(app.url("/nothing")).send().await.unwrap()).await;
    for reply in [executed, failed, invalid, broken, absent] {
        for name in ["server", "x-powered-by", "via"] {
            assert!(reply.headers.get(name).is_none(), "{name}");
        }
        assert_eq!(reply.body.get("extensions"), None, "{}", reply.body);
        let text = reply.body.to_string().to_lowercase();
        for word in [
            "async",
            "graphql_",
            "rust",
            "panicked",
            "stack",
            "exception",
            "tracing",
            "src/",
            "sql",
            "did you mean",
        ] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

#[tokio::test]
async fn every_answer_of_the_endpoint_is_json_and_says_so() {
    let app = production().await;
    let url = app.url("/graphql");
    let json = "application/json";
    for (request, status) in [
        (http().get(&url), StatusCode::BAD_REQUEST),
        (http().put(&url), StatusCode::METHOD_NOT_ALLOWED),
        (
            http().post(&url).body("x"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            http().post(&url).header(CONTENT_TYPE, json).body("{"),
            StatusCode::BAD_REQUEST,
        ),
        (
            http().post(&url).header(CONTENT_TYPE, json).body("{}"),
            StatusCode::BAD_REQUEST,
        ),
        (
            http()
                .post(&url)
                .header(CONTENT_TYPE, json)
                .body("x".repeat(70_000)),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            http().post(&url).json(&json!({ "query": "{" })),
            StatusCode::BAD_REQUEST,
        ),
        (
            http().post(&url).json(&json!({ "query": "{ me { id } }" })),
            StatusCode::OK,
        ),
        (
            http().get(&url).header(ACCEPT, "image/png"),
            StatusCode::NOT_ACCEPTABLE,
        ),
    ] {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(
            response.headers()[CONTENT_TYPE],
            "application/json; charset=utf-8",
            "{status}"
        );
        let reply = Reply::read(response).await;
        assert!(reply.body.is_object(), "{}", reply.body);
        assert!(reply.body.to_string().len() < 300, "{}", reply.body);
    }
}
