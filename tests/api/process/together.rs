//! Several processes on one database.

use std::time::Duration;

use tempfile::TempDir;

use super::launch::Launched;
use super::start::assert_only_the_owner_reads;
use crate::support::TestDatabase;

#[tokio::test]
async fn instances_that_start_together_on_an_empty_database_do_not_collide() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let starting: Vec<_> = (0..4)
        .map(|_| {
            let (folder, url) = (folder.path().to_owned(), database.url.clone());
            let variables = move || {
                Launched::try_start(
                    &folder,
                    &[("DATABASE_URL", &url), ("GATEHOUSE_DATABASE_TIMEOUT", "2s")],
                )
            };
            std::thread::spawn(variables)
        })
        .collect();
    let started: Vec<_> = starting.into_iter().map(|it| it.join().unwrap()).collect();
    let (serving, refused): (Vec<_>, Vec<_>) = started.into_iter().partition(Result::is_ok);
    for instance in serving.iter().flatten() {
        let keys = reqwest::get(format!("http://{}/.well-known/jwks.json", instance.api))
            .await
            .unwrap();
        let keys: serde_json::Value = keys.json().await.unwrap();
        assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    }
    if database.url.starts_with("sqlite:") {
        assert_eq!(serving.len(), 1, "SQLite is for one instance");
        for log in refused.iter().filter_map(|it| it.as_ref().err()) {
            let log = log.join("\n");
            assert!(log.contains("another Gatehouse (process "), "{log}");
            assert!(log.contains("use PostgreSQL"), "{log}");
        }
    } else {
        assert_eq!(serving.len(), 4);
    }
}

#[tokio::test]
async fn a_process_serves_an_sqlite_file_once_the_one_before_has_ended() {
    let folder = TempDir::new().unwrap();
    let first = Launched::start(folder.path(), &[]);
    let lock = folder.path().join("data/gatehouse.db.lock");
    assert_only_the_owner_reads(&lock);
    first.ask_to_end();
    let second = Launched::start(folder.path(), &[]);
    assert!(first.ends_within(Duration::from_secs(30)).await);
    second.kill();
    Launched::start(folder.path(), &[]);
}
