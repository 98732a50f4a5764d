//! The log as a collector reads it: one JSON object a line, whatever strangers send.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::launch::Launched;
use crate::support::{PASSWORD, SignedUp, TestDatabase};

/// What somebody sends who would like to write in the log.
const FORGED: &str = "x\n{\"level\":\"INFO\",\"message\":\"forged\"}\r\n\u{1b}[31m";

/// The log of some sign-ins, good and bad.
async fn logged(format: &str) -> (Vec<String>, String) {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_LOG_FORMAT", format),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    let client = process.anonymous();
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    client.register(input).await.ok();
    client.login(FORGED, FORGED).await;
    client
        .with_user_agent("a\tb")
        .login("ann@example.org", PASSWORD)
        .await
        .ok();
    client.with_authorization("Bearer x.y.z").me().await;
    client
        .graphql(
            "query ($a: Int) { me { id(a: $a) } }",
            json!({ "a": FORGED }),
        )
        .await;
    client.graphql(FORGED, json!({})).await;
    let reply = client.login("ann@example.org", PASSWORD).await;
    let token = reply.text("/data/login/tokens/refreshToken");
    let last = format!("http://{}/the%0aend?token={token}", process.api);
    reqwest::get(last).await.unwrap();
    process.wait_for("/the%0aend");
    (std::mem::take(&mut process.log), token)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_line_says_when_and_what_and_whose_request_it_was() {
    let (log, token) = logged("json").await;
    let mut signed_in = 0;
    for line in &log {
        let event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        let time = event["timestamp"].as_str().unwrap();
        assert!(
            time.ends_with('Z') && time.parse::<DateTime<Utc>>().is_ok(),
            "{line}"
        );
        assert!(
            event["level"].is_string() && event["message"].is_string(),
            "{line}"
        );
        assert_ne!(event["message"], "forged");
        assert!(
            !line.contains(&token) && !line.contains(PASSWORD) && !line.contains("ann@"),
            "{line}"
        );
        if event["message"] == "user signed in" {
            signed_in += 1;
            assert_eq!(event["method"], "pwd");
            assert!(
                event["user"].is_string() && event["session"].is_string(),
                "{line}"
            );
            assert!(event["span"]["id"].is_string(), "{line}");
        }
    }
    assert_eq!(signed_in, 2);
    assert!(
        log.iter()
            .any(|line| line.contains("\"request completed\""))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_sent_begins_a_line_of_its_own() {
    let (log, _) = logged("text").await;
    for line in &log {
        assert!(line.contains(" INFO ") || line.contains(" WARN "), "{line}");
        assert!(!line.contains('\u{1b}'), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_logged_with_their_reason_and_network() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_LOG_FORMAT", "json"),
        ("GATEHOUSE_LIMIT_LOGIN", "1/1h"),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    let client = process.anonymous();
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let ann = SignedUp::from_reply(&client, &client.register(input).await);
    client
        .revoke_session("x")
        .await
        .assert_error("UNAUTHENTICATED");
    ann.revoke_session("01890000-0000-7000-8000-000000000000")
        .await;
    client.with_authorization("Bearer x.y.z").me().await;
    client.login("ann@example.org", "not it").await;
    client
        .login("ann@example.org", "not it")
        .await
        .assert_error("RATE_LIMITED");
    client.graphql(&"a ".repeat(3000), json!({})).await;
    for message in [
        "request rejected: not signed in",
        "request rejected: no such session",
        "access token rejected",
        "request rejected: rate limit",
        "document rejected",
    ] {
        process.wait_for(message);
        let line = process
            .log
            .iter()
            .find(|line| line.contains(message))
            .unwrap();
        let event: Value = serde_json::from_str(line).unwrap();
        assert!(
            event["reason"].is_string() || event["action"].is_string(),
            "{line}"
        );
        if message.starts_with("request rejected") {
            assert_eq!(event["network"], "127.0.0.1");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_internal_error_is_logged_with_the_request_id() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [("DATABASE_URL", database.url.as_str())];
    let mut process = Launched::start(folder.path(), &variables);
    let db = database.db_connect().await;
    db.execute_unprepared("ALTER TABLE users RENAME TO users_away")
        .await
        .unwrap();
    db.close().await.unwrap();
    let reply = process.anonymous().login("ann", PASSWORD).await;
    let id = reply.text("/errors/0/extensions/requestId");
    process.wait_for("request failed");
    let line = process
        .log
        .iter()
        .find(|line| line.contains("request failed"))
        .unwrap();
    assert!(line.contains("ERROR") && line.contains(&id), "{line}");
}
