//! A secret that is wrong, or lost, and passwords in settings.

use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;

use super::launch::{Bounded as _, Launched, gatehouse};
use crate::support::{TestDatabase, dump_of};

#[tokio::test]
async fn another_secret_is_rejected_rather_than_making_every_password_wrong() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let url = ("DATABASE_URL", database.url.as_str());
    Launched::start(folder.path(), &[url]).kill();
    let other = (
        "GATEHOUSE_SECRET",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    );
    let output = gatehouse(folder.path(), &[url, other])
        .output_in_time()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("another GATEHOUSE_SECRET"), "{said}");
}

#[tokio::test]
async fn migrate_refuses_another_secret_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let url = ("DATABASE_URL", database.url.as_str());
    Launched::start(folder.path(), &[url]).kill();
    let db = database.db_connect().await;
    db.execute_unprepared("DELETE FROM seaql_migrations WHERE version LIKE '%known_devices%'")
        .await
        .unwrap();
    let before = dump_of(&db).await;
    let other = (
        "GATEHOUSE_SECRET",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    );
    let output = gatehouse(folder.path(), &[url, other])
        .arg("migrate")
        .output_in_time()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("another GATEHOUSE_SECRET"), "{said}");
    assert!(dump_of(&db).await == before, "the database was changed");
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_lost_secret_is_reported_and_not_replaced() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let url = ("DATABASE_URL", database.url.as_str());
    let mut first = Launched::start(folder.path(), &[url]);
    first.wait_for("database is new");
    first.kill();
    let secret = folder.path().join("data/secret");
    let kept = std::fs::read(&secret).unwrap();
    std::fs::remove_file(&secret).unwrap();
    for command in ["serve", "migrate", "keys"] {
        let mut process = gatehouse(folder.path(), &[url]);
        let process = if command == "keys" {
            process.args([command, "list"])
        } else {
            process.arg(command)
        };
        let output = process.output_in_time().unwrap();
        assert!(!output.status.success());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains("is lost") && said.contains("data/secret"),
            "{said}"
        );
        assert!(!secret.exists(), "nothing is written in its place");
    }
    std::fs::write(&secret, kept).unwrap();
    let again = Launched::start(folder.path(), &[url]);
    assert!(!again.log.join("\n").contains("database is new"));
}

#[test]
fn the_password_of_an_address_is_not_repeated() {
    let folder = TempDir::new().unwrap();
    let address = "https://user:hunter2@auth.example";
    for name in [
        "GATEHOUSE_PUBLIC_URL",
        "GATEHOUSE_APP_URL",
        "GATEHOUSE_CORS_ORIGINS",
        "GATEHOUSE_CONFIG",
        "DATABASE_URL_FILE",
        "REDIS_URL_FILE",
    ] {
        let output = gatehouse(folder.path(), &[(name, address)])
            .output_in_time()
            .unwrap();
        assert!(!output.status.success(), "{name}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains("https://********@auth.example") && !said.contains("hunter2"),
            "{name}: {said}"
        );
    }
}

#[test]
fn a_secret_in_place_of_its_file_s_path_is_not_repeated() {
    let folder = TempDir::new().unwrap();
    let secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ=";
    for name in [
        "GATEHOUSE_SECRET",
        "GATEHOUSE_FRONT_END_SECRET",
        "GATEHOUSE_MAIL_URL",
    ] {
        let file = format!("{name}_FILE");
        let output = gatehouse(folder.path(), &[(&file, secret)])
            .output_in_time()
            .unwrap();
        assert!(!output.status.success(), "{name}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains(&format!("{file} is \"********\"")) && !said.contains(secret),
            "{said}"
        );
        let hint = format!("the value itself belongs in {name}");
        assert!(said.contains(&hint), "{said}");
    }
}
