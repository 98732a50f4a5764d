//! `gatehouse export`

use serde_json::Value;
use tempfile::TempDir;

use super::launch::{Bounded as _, gatehouse};
use crate::support::{TestApp, count_rows, insert_rows};

const SECRET: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

#[tokio::test]
async fn operator_exports_an_account_of_any_size_to_a_private_file() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    app.signed_up("bob").await;
    let user: uuid::Uuid = ann.user_id.parse().unwrap();
    let agent = "x".repeat(5000);
    let rows = (1..3501).map(|n| -> Vec<sea_orm::Value> {
        let mut row = vec![uuid::Uuid::from_u128(n).into(), user.into()];
        row.extend(["LOGGED_OUT".into(), app.now().into(), agent.clone().into()]);
        row
    });
    let columns = ["id", "user_id", "kind", "occurred_at", "user_agent"];
    insert_rows(&app, "security_events", &columns, rows).await;
    let folder = TempDir::new().unwrap();
    let variables = [
        ("DATABASE_URL", app.database.url.as_str()),
        ("GATEHOUSE_SECRET", SECRET),
    ];
    let run = |account: &str, file: &str| {
        let mut command = gatehouse(folder.path(), &variables);
        let output = command
            .args(["export", account, file])
            .output_in_time()
            .unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        (output.status.success(), text)
    };

    for (account, file) in [
        ("Ann@Example.org", "by-address.json"),
        (&ann.user_id, "by-id.json"),
    ] {
        let (is_done, said) = run(account, file);
        assert!(is_done, "{said}");
        let path = folder.path().join(file);
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.len() > 16 * 1024 * 1024);
        let export: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(export["account"]["email"], "ann@example.org");
        assert_eq!(export["service"], "http://localhost:8080");
        assert!(export["securityEvents"].as_array().unwrap().len() > 3500);
        assert!(export["links"].is_array() && export["loginFailures"].is_array());
        assert!(!String::from_utf8(bytes).unwrap().contains("bob@"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
    assert_eq!(
        count_rows(&app, "security_events", "kind = 'DATA_EXPORTED'").await,
        2
    );
    let (is_done, said) = run("ann@example.org", "by-id.json");
    assert!(
        !is_done && said.contains("cannot create by-id.json"),
        "{said}"
    );
    let (is_done, said) = run("nobody@example.org", "nobody.json");
    assert!(
        !is_done && said.contains("there is no account nobody@example.org"),
        "{said}"
    );
    assert!(!folder.path().join("nobody.json").exists());
}
