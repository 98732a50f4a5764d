//! A Redis that is gone, or that takes connections and never answers.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use gatehouse::config::{Config, Quota};
use tokio::net::TcpListener;

use crate::support::TestApp;

/// Takes connections, and says nothing; with how many there were.
async fn silent() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("redis://{}/0", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = connections.clone();
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            held.push(stream);
        }
    });
    (url, connections)
}

fn limited(config: &mut Config, redis_url: &str) {
    config.rate_limits.redis_url = Some(redis_url.into());
    config.rate_limits.login_network = Some(Quota {
        burst: NonZeroU32::new(4).unwrap(),
        period: Duration::from_mins(1),
    });
}

/// Asserts that four attempts are accepted and the others rejected, each counted by the process.
async fn assert_limits_hold(app: &TestApp) {
    let before = app.metric("limits_unshared_total").await;
    for n in 0..8 {
        let email = format!("zoe{before}.{n}@example.org");
        let reply = app.anonymous().login(&email, "not it").await;
        if n < 4 {
            reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        } else {
            reply.assert_error("RATE_LIMITED");
            assert_eq!(reply.headers["retry-after"], "15");
        }
    }
    let unshared = app.metric("limits_unshared_total").await;
    assert_eq!(unshared, before + 8);
    let refused = "rate_limited_total{action=\"login\"}";
    assert!(app.metric(refused).await >= 4);
}

#[tokio::test]
async fn without_redis_the_limits_of_the_process_go_on() {
    let app = TestApp::with(|config| limited(config, "redis://127.0.0.1:1/0")).await;
    assert_limits_hold(&app).await;
    app.advance(TimeDelta::minutes(2));
    assert_limits_hold(&app).await;
}

#[tokio::test]
async fn a_redis_that_never_answers_is_waited_for_once_in_a_while() {
    let (url, connections) = silent().await;
    let app = TestApp::with(|config| limited(config, &url)).await;
    assert_limits_hold(&app).await;
    let asked = connections.load(Ordering::Relaxed);
    assert!((1..=2).contains(&asked), "{asked} connections");
    app.advance(TimeDelta::minutes(2));
    let begun = Instant::now();
    assert_limits_hold(&app).await;
    let again = connections.load(Ordering::Relaxed);
    // On a busy machine the pause between two tries may be over before the last request.
    let pauses = usize::try_from(begun.elapsed().as_secs()).unwrap();
    let most = asked + 3 * (1 + pauses);
    assert!(again <= most, "{again} connections");
}
