//! The background work of the binary as its metrics show it.

use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;

use super::launch::Launched;
use crate::support::TestDatabase;

/// When `worker` last completed a turn.
async fn succeeded_at(process: &Launched, worker: &str) -> f64 {
    let name = format!("worker_success_timestamp_seconds{{worker=\"{worker}\"}}");
    process.metric(&name).await.parse().unwrap()
}

/// Waits until `worker` completes a turn after this moment.
async fn wait_for_a_turn(process: &Launched, worker: &str) {
    let before = succeeded_at(process, worker).await;
    let deadline = Instant::now() + Duration::from_secs(30);
    while succeeded_at(process, worker).await <= before {
        assert!(Instant::now() < deadline, "{worker} completes no turn");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_fails_at_every_turn_is_seen_by_its_age() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_WORKER_INTERVAL", "100ms"),
        ("GATEHOUSE_KEY_RELOAD_INTERVAL", "1s"),
    ];
    let process = Launched::start(folder.path(), &variables);
    for worker in [
        "removal",
        "password survey",
        "measurement",
        "key reload",
        "requests for mails",
        "mails",
    ] {
        wait_for_a_turn(&process, worker).await;
    }
    let db = database.db_connect().await;
    let rename = "ALTER TABLE outbox RENAME TO hidden";
    db.execute_unprepared(rename).await.unwrap();
    // A turn in progress may still succeed.
    wait_for_a_turn(&process, "password survey").await;
    let before = succeeded_at(&process, "mails").await;
    for _ in 0..3 {
        wait_for_a_turn(&process, "password survey").await;
    }
    let after = succeeded_at(&process, "mails").await;
    assert!((after - before).abs() < f64::EPSILON, "{before} {after}");
}
