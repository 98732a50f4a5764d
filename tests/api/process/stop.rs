//! Stopping behind a load balancer, and an environment that is not only ours.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;
use tempfile::TempDir;

use super::launch::{Bounded as _, Launched, gatehouse};
use crate::support::{PASSWORD, TestDatabase};

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_answered_until_the_load_balancer_has_noticed() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_DRAIN", "3s"),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    let (ready, live) = (
        format!("http://{}/health/ready", process.admin),
        format!("http://{}/health/live", process.admin),
    );
    assert_eq!(reqwest::get(&ready).await.unwrap().status(), StatusCode::OK);

    process.ask_to_end();
    process.wait_for("not ready");

    let answer = reqwest::get(&ready).await.unwrap();
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.text().await.unwrap(), "stopping\n");
    assert_eq!(reqwest::get(&live).await.unwrap().status(), StatusCode::OK);
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let registered = process.anonymous().register(input).await;
    registered.ok();
    assert_eq!(registered.headers["connection"], "close");
    process.wait_for("new requests rejected");
    let ends = process.ends_within(Duration::from_secs(20)).await;
    assert!(ends, "it ends by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_log_stops_neither_requests_nor_the_shutdown() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let process = Launched::start(folder.path(), &[("DATABASE_URL", &database.url)]);
    process.close_log();
    for number in 0..3 {
        let email = format!("user{number}@example.org");
        let input = json!({ "email": email, "password": PASSWORD });
        process.anonymous().register(input).await.ok();
    }
    assert!(process.terminate());
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_of_a_kubernetes_service_or_a_platform_are_left_alone() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("DATABASE_URL_UNPOOLED", "postgres://somewhere.example/else"),
        ("GATEHOUSE_SERVICE_HOST", "10.0.0.11"),
        ("GATEHOUSE_SERVICE_PORT", "80"),
        ("GATEHOUSE_SERVICE_PORT_HTTP", "80"),
        ("GATEHOUSE_PORT", "tcp://10.0.0.11:80"),
        ("GATEHOUSE_PORT_80_TCP", "tcp://10.0.0.11:80"),
        ("GATEHOUSE_PORT_80_TCP_PROTO", "tcp"),
        ("GATEHOUSE_PORT_80_TCP_PORT", "80"),
        ("GATEHOUSE_PORT_80_TCP_ADDR", "10.0.0.11"),
    ];
    let process = Launched::start(folder.path(), &variables);
    assert!(process.terminate());
}

#[test]
fn a_setting_that_is_none_is_rejected_with_the_nearest_one() {
    let folder = TempDir::new().unwrap();
    for (name, value, said) in [
        ("GATEHOUSE_PORT", "8080", "did you mean GATEHOUSE_LISTEN?"),
        (
            "GATEHOUSE_LISTEM",
            "127.0.0.1:1",
            "did you mean GATEHOUSE_LISTEN?",
        ),
        (
            "GATEHOUSE_PASSWORD_MIN_LENGHT",
            "8",
            "did you mean GATEHOUSE_PASSWORD_MIN_LENGTH?",
        ),
        (
            "GATEHOUSE_CORS_ORIGIN",
            "https://a.example",
            "did you mean GATEHOUSE_CORS_ORIGINS?",
        ),
        ("GATEHOUSE_XYZZY", "1", "lists the settings"),
    ] {
        let output = gatehouse(folder.path(), &[(name, value)])
            .output_in_time()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && text.contains(said),
            "{name}: {text}"
        );
    }
}
