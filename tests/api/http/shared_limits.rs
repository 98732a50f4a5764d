//! Rate limits that instances share through Redis. `.ci/redis run cargo test --features redis-tests` starts one.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use gatehouse::config::{Config, Quota};

use crate::support::{Reply, TestApp};

#[expect(
    clippy::disallowed_methods,
    reason = "tests have no settings of their own"
)]
fn named(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!(
            "{variable} must name a running Redis; `.ci/redis run COMMAND` starts one for a command"
        )
    })
}

fn redis_url() -> String {
    named("TEST_REDIS_URL")
}

fn limited(config: &mut Config, redis_url: &str) {
    config.rate_limits.redis_url = Some(redis_url.into());
    let quota = Some(Quota {
        burst: NonZeroU32::new(4).unwrap(),
        period: Duration::from_hours(1),
    });
    (config.rate_limits.mail, config.rate_limits.mail_network) = (quota, quota);
}

/// An address of its own for each run, since Redis outlives them.
fn fresh_address() -> String {
    let mut random = [0; 8];
    aws_lc_rs::rand::fill(&mut random).unwrap();
    let [a, b, c, ..] = random;
    format!("127.{}.{}.{}", a % 200 + 1, b, c % 200 + 1)
}

#[tokio::test]
async fn two_instances_on_one_redis_hold_one_limit() {
    let url = redis_url();
    let app = TestApp::with(|config| limited(config, &url)).await;
    let other = app.second_instance().await;
    let address = fresh_address();
    let (here, there) = (
        app.anonymous().at_local_address(&address),
        other.anonymous().at_local_address(&address),
    );
    let tries: Vec<_> = (0..20)
        .map(|n| {
            let client = if n % 2 == 0 {
                here.clone()
            } else {
                there.clone()
            };
            tokio::spawn(async move { client.request_password_reset("ann@example.org").await })
        })
        .collect();
    let mut let_in = 0;
    for reply in tries {
        let reply = reply.await.unwrap();
        if reply.at("/errors") == &serde_json::Value::Null {
            let_in += 1;
        } else {
            reply.assert_error("RATE_LIMITED");
            assert_waits(&reply);
        }
    }
    assert_eq!(let_in, 4);
    // Redis has a clock of its own: that of an instance neither ends a limit nor lengthens it.
    for step in [TimeDelta::days(1), -TimeDelta::days(3)] {
        app.advance(step);
        let refused = here.request_password_reset("ann@example.org").await;
        refused.assert_error("RATE_LIMITED");
        assert_waits(&refused);
    }
}

/// Until one of four an hour is free again, but for the time that the test has taken.
#[track_caller]
fn assert_waits(reply: &Reply) {
    let wait = reply.at("/errors/0/extensions/retryAfter");
    assert!((600..=900).contains(&wait.as_u64().unwrap()), "{wait}");
}

#[tokio::test]
async fn an_allowance_refills_by_the_clock_of_redis() {
    let url = redis_url();
    let app = TestApp::with(|config| {
        limited(config, &url);
        config.rate_limits.mail_network = Some(Quota {
            burst: NonZeroU32::new(1).unwrap(),
            period: Duration::from_millis(500),
        });
    })
    .await;
    let client = app.anonymous().at_local_address(&fresh_address());
    let mut refused = 0;
    let mut answered = 0;
    let started_at = Instant::now();
    while answered < 3 && started_at.elapsed() < Duration::from_mins(1) {
        let email = format!("zoe{answered}@example.org");
        let reply = client.request_password_reset(&email).await;
        if reply.at("/errors") == &serde_json::Value::Null {
            answered += 1;
        } else {
            refused += 1;
        }
    }
    assert_eq!(answered, 3, "{refused} were refused");
    assert_eq!(app.metric("limits_unshared_total").await, 0);
}

#[tokio::test]
async fn an_account_s_refusal_spends_nothing_of_its_network() {
    let url = redis_url();
    let app = TestApp::with(|config| {
        limited(config, &url);
        config.rate_limits.mail = Some(Quota {
            burst: NonZeroU32::new(1).unwrap(),
            period: Duration::from_hours(1),
        });
    })
    .await;
    let client = app.anonymous().at_local_address(&fresh_address());
    client.request_password_reset("ann@example.org").await.ok();
    for _ in 0..6 {
        let refused = client.request_password_reset("ann@example.org").await;
        refused.assert_error("RATE_LIMITED");
    }
    for n in 0..3 {
        let email = format!("zoe{n}@example.org");
        client.request_password_reset(&email).await.ok();
    }
    let refused = client.request_password_reset("late@example.org").await;
    refused.assert_error("RATE_LIMITED");
    assert_waits(&refused);
}

#[tokio::test]
async fn what_another_version_wrote_is_at_most_an_empty_allowance() {
    // A database of Redis of its own, since every key in it is changed.
    let url = redis_url().replace("/0", "/7");
    let redis = redis::Client::open(url.as_str()).unwrap();
    let mut redis = redis.get_multiplexed_async_connection().await.unwrap();
    let app = TestApp::with(|config| limited(config, &url)).await;
    for (value, is_empty) in [
        ("9999999999999999", true),
        ("1", false),
        ("gibberish", false),
    ] {
        let client = app.anonymous().at_local_address(&fresh_address());
        client.request_password_reset("ann@example.org").await.ok();
        let keys: Vec<String> = redis::cmd("KEYS")
            .arg("*limit*")
            .query_async(&mut redis)
            .await
            .unwrap();
        for key in keys {
            let set = redis::cmd("SET").arg(key).arg(value).to_owned();
            let () = set.query_async(&mut redis).await.unwrap();
        }
        let reply = client.request_password_reset("ann@example.org").await;
        if is_empty {
            reply.assert_error("RATE_LIMITED");
            assert_waits(&reply);
        } else {
            reply.ok();
        }
        assert_eq!(app.metric("limits_unshared_total").await, 0, "{value}");
    }
}

#[tokio::test]
async fn without_redis_each_instance_limits_for_itself() {
    let app = TestApp::with(|config| limited(config, "redis://127.0.0.1:1/0")).await;
    for _ in 0..4 {
        app.anonymous()
            .request_password_reset("ann@example.org")
            .await
            .ok();
    }
    let refused = app
        .anonymous()
        .request_password_reset("ann@example.org")
        .await;
    refused.assert_error("RATE_LIMITED");
}

#[tokio::test]
async fn nobody_s_address_stands_in_redis() {
    let url = redis_url();
    let app = TestApp::with(|config| limited(config, &url)).await;
    let address = fresh_address();
    let client = app.anonymous().at_local_address(&address);
    let reply = client.request_password_reset("annabel@example.org").await;
    reply.ok();
    let redis = redis::Client::open(url).unwrap();
    let mut redis = redis.get_multiplexed_async_connection().await.unwrap();
    let keys: Vec<String> = redis::cmd("KEYS")
        .arg("*")
        .query_async(&mut redis)
        .await
        .unwrap();
    assert!(keys.len() >= 2, "{keys:?}");
    for key in keys {
        assert!(!key.contains("annabel") && !key.contains(&address), "{key}");
    }
}

/// Sends requests from other addresses until Redis counts one: on a busy machine the first TLS handshake takes longer
/// than a request waits for Redis.
async fn wait_for_redis(app: &TestApp) {
    for _ in 0..100 {
        let before = app.metric("limits_unshared_total").await;
        let client = app.anonymous().at_local_address(&fresh_address());
        client.request_password_reset("bob@example.org").await.ok();
        if app.metric("limits_unshared_total").await == before {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("Redis never counted a request");
}

#[tokio::test]
async fn redis_is_spoken_to_by_tls_and_its_certificate_verified() {
    let by_tls = named("TEST_REDIS_TLS_URL");
    // The certificate is that of localhost, and of no other name.
    let elsewhere = by_tls.replace("localhost", "127.0.0.1");
    for (url, is_shared) in [(by_tls, true), (elsewhere, false)] {
        let app = TestApp::with(|config| limited(config, &url)).await;
        if is_shared {
            wait_for_redis(&app).await;
        }
        let before = app.metric("limits_unshared_total").await;
        let client = app.anonymous().at_local_address(&fresh_address());
        for _ in 0..4 {
            client.request_password_reset("ann@example.org").await.ok();
        }
        let refused = client.request_password_reset("ann@example.org").await;
        refused.assert_error("RATE_LIMITED");
        let alone = app.metric("limits_unshared_total").await - before;
        assert_eq!(
            alone == 0,
            is_shared,
            "{url}: {alone} were counted here alone"
        );
    }
}
