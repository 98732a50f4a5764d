//! Starting and stopping.

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::json;
use tempfile::TempDir;

use super::launch::{Bounded as _, Launched, gatehouse, printed};
use crate::support::{PASSWORD, TestDatabase};

#[tokio::test]
async fn the_first_start_makes_all_that_is_needed_and_a_second_one_keeps_it() {
    let folder = TempDir::new().unwrap();
    let first = Launched::start(folder.path(), &[]);
    let log = first.log.join("\n");
    for said in [
        "GraphiQL",
        "/graphiql",
        "/graphql",
        "/metrics",
        "sqlite://data/gatehouse.db",
    ] {
        assert!(log.contains(said), "{said} is not in {log}");
    }
    assert!(first.log.len() <= 12, "a few readable lines: {log}");
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let registered = first.anonymous().register(input).await;
    let token = registered.ok()["tokens"]["accessToken"]
        .as_str()
        .unwrap()
        .to_owned();
    let secret = std::fs::read(folder.path().join("data/secret")).unwrap();
    assert!(first.terminate(), "it ends in order when told to");

    let second = Launched::start(folder.path(), &[]);

    let me = second.anonymous().bearing(&token).me().await;
    assert_eq!(me.text("/data/me/email"), "ann@example.org");
    second
        .anonymous()
        .login("ann@example.org", PASSWORD)
        .await
        .ok();
    assert_eq!(
        std::fs::read(folder.path().join("data/secret")).unwrap(),
        secret
    );
    for name in [
        "secret",
        "gatehouse.db",
        "gatehouse.db-wal",
        "gatehouse.db-shm",
    ] {
        assert_only_the_owner_reads(&folder.path().join("data").join(name));
    }
}

#[cfg(unix)]
pub(super) fn assert_only_the_owner_reads(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [("DATABASE_URL", database.url.as_str())];
    let first = Launched::start(folder.path(), &variables);
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    first.anonymous().register(input).await.ok();
    first.kill();

    let second = Launched::start(folder.path(), &variables);

    second
        .anonymous()
        .login("ann@example.org", PASSWORD)
        .await
        .ok();
}

#[test]
fn wrong_settings_stop_the_start_with_a_line_each() {
    let folder = TempDir::new().unwrap();
    let output = gatehouse(
        folder.path(),
        &[
            ("GATEHOUSE_LISTEN", "here"),
            ("GATEHOUSE_BCRYPT_COST", "4"),
            ("GATEHOUSE_NONE", "1"),
        ],
    )
    .output_in_time()
    .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    for name in [
        "GATEHOUSE_LISTEN",
        "GATEHOUSE_BCRYPT_COST",
        "GATEHOUSE_NONE",
    ] {
        assert_eq!(
            said.lines().filter(|line| line.contains(name)).count(),
            1,
            "{said}"
        );
    }
    assert!(!folder.path().join("data").exists(), "nothing was touched");
}

#[test]
fn an_unreachable_database_says_which_and_what_to_do() {
    let folder = TempDir::new().unwrap();
    let variables = [
        (
            "DATABASE_URL",
            "postgres://gate:hunter2@127.0.0.1:1/gatehouse",
        ),
        ("GATEHOUSE_DATABASE_TIMEOUT", "500ms"),
    ];
    let output = gatehouse(folder.path(), &variables)
        .output_in_time()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("127.0.0.1:1/gatehouse"), "{said}");
    assert!(said.contains("Connection refused"), "{said}");
    assert!(said.contains("Check that PostgreSQL runs there"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn a_database_that_cannot_be_made_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("data"), "not a folder").unwrap();
    let secret = (
        "GATEHOUSE_SECRET",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    );
    let output = gatehouse(folder.path(), &[secret])
        .output_in_time()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("sqlite://data/gatehouse.db") && said.contains("writable"),
        "{said}"
    );
}

#[test]
fn a_file_that_is_no_database_is_to_be_restored() {
    let folder = TempDir::new().unwrap();
    std::fs::write(
        folder.path().join("broken.db"),
        "not a database at all, but long enough".repeat(99),
    )
    .unwrap();
    let url = ("DATABASE_URL", "sqlite://broken.db?mode=rwc");
    let output = gatehouse(folder.path(), &[url]).output_in_time().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && said.contains("Restore a backup"),
        "{said}"
    );
}

#[tokio::test]
async fn a_damaged_file_is_to_be_restored_wherever_it_is_noticed() {
    const PAGE: usize = 4096;
    let folder = TempDir::new().unwrap();
    printed(gatehouse(folder.path(), &[]).arg("migrate"));
    printed(gatehouse(folder.path(), &[]).args(["backup", "whole.db"]));
    let whole = std::fs::read(folder.path().join("whole.db")).unwrap();
    let url = ("DATABASE_URL", "sqlite://damaged.db?mode=rw");
    // The root of the schema behind a sound header, and every page after it.
    for damage in [100..PAGE, PAGE..whole.len()] {
        let mut damaged = whole.clone();
        damaged[damage].fill(0xFF);
        std::fs::write(folder.path().join("damaged.db"), &damaged).unwrap();
        for command in [&["migrate"][..], &["serve"], &["backup", "copy.db"]] {
            let output = gatehouse(folder.path(), &[url])
                .args(command)
                .output_in_time()
                .unwrap();
            assert!(!output.status.success());
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(
                said.contains("malformed") && said.contains("restore a backup"),
                "{command:?}: {said}"
            );
        }
    }
}

#[tokio::test]
async fn a_failed_migration_says_why_without_lines_of_source_code() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let db = database.db_connect().await;
    db.execute_unprepared("CREATE TABLE users (id INT)")
        .await
        .unwrap();
    db.close().await.unwrap();
    let url = ("DATABASE_URL", database.url.as_str());
    for command in ["serve", "migrate"] {
        let output = gatehouse(folder.path(), &[url])
            .arg(command)
            .output_in_time()
            .unwrap();
        assert!(!output.status.success());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains("users") && said.contains("exist"),
            "{command}: {said}"
        );
        assert!(!said.contains("at line"), "{command}: {said}");
    }
}

/// A migrated database that a newer version has migrated further, by the migration `name`.
async fn newer_database(name: &str) -> TestDatabase {
    let database = TestDatabase::create().await;
    let db = database.db_connect().await;
    for sql in [
        "ALTER TABLE users ADD COLUMN future TEXT".to_owned(),
        format!("INSERT INTO seaql_migrations (version, applied_at) VALUES ('{name}', 0)"),
    ] {
        db.execute_unprepared(&sql).await.unwrap();
    }
    db.close().await.unwrap();
    database
}

#[tokio::test]
async fn it_starts_on_a_newer_schema_with_a_warning() {
    let folder = TempDir::new().unwrap();
    let database = newer_database("m20991231_1_passkeys").await;
    let variables = [("DATABASE_URL", database.url.as_str())];

    let service = Launched::start(folder.path(), &variables);

    let warning = service
        .log
        .iter()
        .find(|line| line.contains("schema is newer"));
    assert!(
        warning.is_some_and(|line| line.contains("WARN") && line.contains("m20991231_1_passkeys")),
        "{:#?}",
        service.log
    );
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    service.anonymous().register(input).await.ok();
    printed(gatehouse(folder.path(), &variables).arg("migrate"));
}

#[tokio::test]
async fn it_does_not_start_on_a_newer_schema_that_is_marked_as_breaking() {
    let folder = TempDir::new().unwrap();
    let database = newer_database("m20991231_1_without_usernames_breaking").await;
    let variables = [("DATABASE_URL", database.url.as_str())];
    for command in ["serve", "migrate"] {
        let output = gatehouse(folder.path(), &variables)
            .arg(command)
            .output_in_time()
            .unwrap();
        assert!(!output.status.success(), "{command}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            said.contains("m20991231_1_without_usernames_breaking")
                && said.contains("a newer version"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_database_of_another_encoding_is_rejected_with_the_reason() {
    let database = TestDatabase::create_empty().await;
    let db = database.db_connect().await;
    if db.get_database_backend() != DbBackend::Postgres {
        let row = Statement::from_string(DbBackend::Sqlite, "PRAGMA encoding");
        let row = db.query_one_raw(row).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<String>(0).unwrap(), "UTF-8");
        return;
    }
    let name = format!("{}_ascii", database.url.rsplit('/').next().unwrap());
    let create = format!(
        "CREATE DATABASE {name} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    );
    db.execute_unprepared(&create).await.unwrap();
    let (server, _) = database.url.rsplit_once('/').unwrap();
    let folder = TempDir::new().unwrap();
    let url = format!("{server}/{name}");
    let output = gatehouse(folder.path(), &[("DATABASE_URL", &url)])
        .output_in_time()
        .unwrap();
    db.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(
        said.contains("SQL_ASCII") && said.contains("ENCODING 'UTF8'"),
        "{said}"
    );
    let wrong = url.replacen("://gatehouse:", "://gatehouse:x", 1);
    let output = gatehouse(folder.path(), &[("DATABASE_URL", &wrong)])
        .output_in_time()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && !said.contains("at line"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_is_tried_at_the_start() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    std::fs::write(
        folder.path().join("redis"),
        "redis://:hunter2@127.0.0.1:1/0\n",
    )
    .unwrap();
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("REDIS_URL_FILE", "redis"),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    process.wait_for("Redis at");
    let log = process.log.join("\n");
    assert!(
        log.contains("redis://:********@127.0.0.1:1/0") && !log.contains("hunter2"),
        "{log}"
    );
    process
        .anonymous()
        .login("nobody", PASSWORD)
        .await
        .assert_user_error("INVALID_CREDENTIALS", &[]);
    let shown = printed(gatehouse(folder.path(), &variables).arg("config"));
    assert!(
        shown.contains("# environment (REDIS_URL_FILE=redis)"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_public_url_of_another_port_is_warned_of() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let warned = |public: &str| {
        // Any free port: the warning is only for a port that is chosen.
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = free.local_addr().unwrap();
        drop(free);
        let public = public.replace("PORT", &listen.port().to_string());
        let listen = listen.to_string();
        let variables = [
            ("DATABASE_URL", database.url.as_str()),
            ("GATEHOUSE_LISTEN", listen.as_str()),
            ("GATEHOUSE_PUBLIC_URL", public.as_str()),
        ];
        let process = Launched::start(folder.path(), &variables);
        let log = process.log.clone();
        process.kill();
        log.into_iter()
            .find(|line| line.contains("GATEHOUSE_PUBLIC_URL is"))
    };
    for public in ["http://localhost:1", "http://127.0.0.1:1", "http://[::1]"] {
        let line = warned(public).unwrap_or_else(|| panic!("no warning of {public}"));
        assert!(line.contains("WARN") && line.contains(public), "{line}");
    }
    for public in ["http://localhost:PORT", "https://auth.example"] {
        assert_eq!(warned(public), None, "{public}");
    }
}
