//! `gatehouse config | health | keys | migrate`, and the README that speaks of them.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use super::launch::{Launched, gatehouse, printed};
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
            .output()
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
            .output()
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
                || line.starts_with("| `DATABASE_URL")
                || line.starts_with("| `REDIS_URL")
        })
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let code = |cell: &str| cell.split('`').nth(1).unwrap_or_default().to_owned();
            (code(cells[1]), code(cells[2]).replace("none", ""))
        })
        .collect();
    assert_eq!(rows, settings_of_the_binary());
}
