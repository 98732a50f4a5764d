//! What the log says of refusals: one line for each, with a reason and where it came from, and no names.

use serde_json::json;
use tempfile::TempDir;

use super::launch::Launched;
use crate::support::{PASSWORD, SignedUp, TestDatabase};

/// How many lines hold all of `texts`.
fn count(log: &[String], texts: &[&str]) -> usize {
    let holds = |line: &&String| texts.iter().all(|text| line.contains(text));
    log.iter().filter(holds).count()
}

/// Reads all that was logged so far: up to the line of a request made for that.
async fn read_to_the_end(process: &mut Launched) {
    let last = format!("http://{}/the-last-one", process.api);
    reqwest::get(last).await.unwrap();
    process.wait_for("/the-last-one");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_one_line_with_a_reason_and_the_client_s_network() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_LOG_FORMAT", "json"),
        ("GATEHOUSE_LIMIT_LOGIN", "6/1h"),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    let nobody = process.anonymous();
    let input = json!({ "email": "annabel@example.org", "password": PASSWORD });
    let annabel = SignedUp::from_reply(&nobody, &nobody.register(input.clone()).await);
    let too_many = "{ me { sessions(first: 1000) { nodes { id } } } }";
    let too_many = annabel.graphql(too_many, json!({})).await;
    too_many.assert_error("BAD_REQUEST");
    let reply = annabel.export_data("wrong").await;
    reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
    for n in 0..8 {
        nobody
            .login("annabel@example.org", &format!("guess {n}"))
            .await;
    }
    let locked = annabel.export_data("wrong").await;
    locked.assert_error("RATE_LIMITED");
    annabel.logout().await.ok();
    read_to_the_end(&mut process).await;

    let network = "\"network\":\"127.0.0.1\"";
    for (said, reason, times) in [
        ("sign-in rejected", "invalid_credentials", 4),
        ("sign-in rejected", "account_locked", 2),
        ("request rejected: rate limit", "rate_limited", 2),
        ("password check rejected", "incorrect", 1),
        ("password check rejected", "account_locked", 1),
        ("request rejected: bad request", "bad_request", 1),
    ] {
        let reason = format!("\"reason\":\"{reason}\"");
        assert_eq!(
            count(&process.log, &[said, &reason, network]),
            times,
            "{said}, {reason}: {:#?}",
            process.log
        );
    }
    for private in ["annabel", "guess", PASSWORD] {
        assert_eq!(count(&process.log, &[private]), 0, "{private}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_redis_outage_once() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("REDIS_URL", "redis://127.0.0.1:1/0"),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    for n in 0..20 {
        let email = format!("zoe{n}@example.org");
        process.anonymous().login(&email, "not it").await;
    }
    read_to_the_end(&mut process).await;
    assert_eq!(count(&process.log, &["WARN", "Redis unreachable"]), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn overload_is_logged_for_each_rejected_request() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_LIMIT_LOGIN", "off"),
        ("GATEHOUSE_HASH_THREADS", "1"),
        ("GATEHOUSE_HASH_QUEUE", "1"),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    let tries: Vec<_> = (0..12)
        .map(|n| {
            let client = process.anonymous();
            tokio::spawn(async move { client.login(&format!("zoe{n}"), "not it").await })
        })
        .collect();
    let mut refused = 0;
    for reply in tries {
        let reply = reply.await.unwrap();
        refused += usize::from(reply.at("/errors/0/extensions/code") == "OVERLOADED");
    }
    read_to_the_end(&mut process).await;
    let said = [
        "request rejected: no capacity",
        "reason=\"overloaded\"",
        "network=\"127.0.0.1\"",
    ];
    assert!(refused > 0);
    assert_eq!(count(&process.log, &said), refused, "{:#?}", process.log);
    let metrics = format!("http://{}/metrics", process.admin);
    let metrics = reqwest::get(metrics).await.unwrap().text().await.unwrap();
    for name in [
        "operations_rejected_total{code=\"OVERLOADED\"}",
        "logins_total{outcome=\"failed\"}",
    ] {
        let figure = format!("gatehouse_{name} {refused}\n");
        assert!(metrics.contains(&figure), "{figure}{metrics}");
    }
}
