//! `gatehouse config | health | keys | migrate`, and the README that speaks of them.

use std::collections::BTreeSet;
use std::time::Duration;

use sea_orm::ConnectionTrait as _;
use serde_json::json;
use tempfile::TempDir;

use super::launch::{Bounded as _, Launched, gatehouse, printed};
use crate::support::{PASSWORD, SignedUp, TestDatabase};

#[test]
fn config_shows_what_is_in_force_and_no_secret() {
    let folder = TempDir::new().unwrap();
    std::fs::write(
        folder.path().join("gatehouse.toml"),
        "deletion_grace = \"2h\"\n",
    )
    .unwrap();
    std::fs::write(
        folder.path().join("secret.txt"),
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n",
    )
    .unwrap();
    let variables = [
        ("GATEHOUSE_CONFIG", "gatehouse.toml"),
        ("GATEHOUSE_SECRET_FILE", "secret.txt"),
        (
            "DATABASE_URL",
            "postgres://gate:hunter2@db.example/gatehouse",
        ),
    ];
    let shown = printed(gatehouse(folder.path(), &variables).arg("config"));
    insta::assert_snapshot!("config_shows_what_is_in_force_and_no_secret", shown);
}

#[tokio::test]
async fn health_reports_by_its_exit_code() {
    let folder = TempDir::new().unwrap();
    let service = Launched::start(folder.path(), &[]);
    let admin = service.admin.to_string();
    let ask = || {
        let variables = [("GATEHOUSE_ADMIN_LISTEN", admin.as_str())];
        gatehouse(folder.path(), &variables)
            .arg("health")
            .output_in_time()
            .unwrap()
    };
    assert!(ask().status.success());
    service.kill();
    let after = ask();
    assert!(!after.status.success());
    assert!(String::from_utf8_lossy(&after.stderr).contains("no response"));
}

#[tokio::test]
async fn migrate_can_be_run_ahead_and_again() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    for _ in 0..2 {
        let variables = [("DATABASE_URL", database.url.as_str())];
        printed(gatehouse(folder.path(), &variables).arg("migrate"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_prints_what_is_missing_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [("DATABASE_URL", database.url.as_str())];
    let dry_run = || printed(gatehouse(folder.path(), &variables).args(["migrate", "--dry-run"]));
    let first = dry_run();
    assert!(
        first.starts_with("migration  m20261123_1_users\n"),
        "{first}"
    );
    assert!(
        first.contains("\nindex      outbox_waiting_idx\n"),
        "{first}"
    );
    assert_eq!(dry_run(), first);
    printed(gatehouse(folder.path(), &variables).arg("migrate"));
    let after = dry_run();
    assert!(
        after.ends_with(" is up to date.\n") && !after.contains("migration"),
        "{after}"
    );

    let db = database.db_connect().await;
    let undo = "DROP INDEX outbox_waiting_idx; \
         DELETE FROM seaql_migrations WHERE version = 'm20261128_3_event_actors'";
    db.execute_unprepared(undo).await.unwrap();
    let missing = "migration  m20261128_3_event_actors\nindex      outbox_waiting_idx\n";
    assert_eq!(dry_run(), missing);
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_1_other_breaking', 0)";
    db.execute_unprepared(newer).await.unwrap();
    let rejected = gatehouse(folder.path(), &variables)
        .args(["migrate", "--dry-run"])
        .output_in_time();
    let rejected = rejected.unwrap();
    assert!(!rejected.status.success());
    let said = String::from_utf8(rejected.stderr).unwrap();
    assert!(said.contains("m20990101_1_other_breaking"), "{said}");
}

#[test]
fn a_dry_run_creates_no_file() {
    let folder = TempDir::new().unwrap();
    let variables = [("DATABASE_URL", "sqlite:gatehouse.db")];
    let shown = printed(gatehouse(folder.path(), &variables).args(["migrate", "--dry-run"]));
    assert!(shown.contains("migration  m20261123_1_users"), "{shown}");
    assert!(!folder.path().join("gatehouse.db").exists());
}

#[tokio::test]
async fn keys_are_listed_and_rotated() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let run = |action: &str| {
        let variables = [("DATABASE_URL", database.url.as_str())];
        printed(gatehouse(folder.path(), &variables).args(["keys", action]))
    };
    assert_eq!(run("list").lines().count(), 1);
    run("rotate");
    let listed = run("list");
    assert_eq!(listed.lines().count(), 2);
    assert_eq!(
        listed.matches("while it is the newest").count(),
        1,
        "{listed}"
    );
}

// The commands are waited for on the thread of the test; its connections go on meanwhile on others.
#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_is_rejected_and_another_one_signs() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_KEY_RELOAD_INTERVAL", "1s"),
    ];
    let keys = |arguments: &[&str]| {
        gatehouse(folder.path(), &variables)
            .arg("keys")
            .args(arguments)
            .output_in_time()
            .unwrap()
    };
    let service = Launched::start(folder.path(), &variables);
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let there = service.anonymous();
    let ann = SignedUp::from_reply(&there, &there.register(input).await);
    assert!(ann.is_signed_in().await);
    let listed = String::from_utf8(keys(&["list"]).stdout).unwrap();
    let kid = listed.split_whitespace().next().unwrap().to_owned();

    let unknown = keys(&["revoke", "-no-such-key"]);
    assert_eq!(unknown.status.code(), Some(1));
    let said = String::from_utf8_lossy(&unknown.stderr);
    assert!(said.contains("no signing key -no-such-key"), "{said}");
    let revoked = keys(&["revoke", &kid]);
    assert!(revoked.status.success());
    let said = String::from_utf8_lossy(&revoked.stdout);
    assert!(said.contains("another key signs from now on"), "{said}");
    assert!(said.contains("refreshSession"), "{said}");
    assert!(said.contains(&format!("{kid}  ES256  revoked")), "{said}");
    let again = keys(&["revoke", &kid]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("already revoked"));

    for _ in 0..100 {
        if !ann.is_signed_in().await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(!ann.is_signed_in().await, "a second later");
    let refreshed = there.refresh_session(&ann.refresh_token).await;
    assert!(
        SignedUp::from_reply(&there, &refreshed)
            .is_signed_in()
            .await
    );
}

/// `variable -> default`, as `gatehouse config` has it.
fn settings_of_the_binary() -> BTreeSet<(String, String)> {
    let folder = TempDir::new().unwrap();
    let text = printed(gatehouse(folder.path(), &[]).arg("config"));
    text.lines()
        .map(|line| {
            let (name, value) = line
                .strip_suffix("  # default")
                .unwrap()
                .split_once('=')
                .unwrap();
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

#[test]
fn the_reference_lists_every_setting_with_its_default() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference/settings.md");
    let reference = std::fs::read_to_string(path).unwrap();
    let rows: BTreeSet<(String, String)> = reference
        .lines()
        .filter(|line| {
            line.starts_with("| `GATEHOUSE_")
                || line.starts_with("| `DATABASE_")
                || line.starts_with("| `REDIS_URL")
                || line.starts_with("| `OTEL_")
        })
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let code = |cell: &str| cell.split('`').nth(1).unwrap_or_default().to_owned();
            (code(cells[1]), code(cells[2]).replace("none", ""))
        })
        .collect();
    assert_eq!(rows, settings_of_the_binary());
}
