//! `gatehouse users`

use serde_json::json;
use tempfile::TempDir;

use super::launch::{Bounded as _, gatehouse};
use crate::support::{PASSWORD, SignedUp, TestApp, WithApp, count_rows};

const SECRET: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// Runs `gatehouse users reset-factors` with these arguments; returns whether it succeeded, and what it said.
fn reset(app: &TestApp, arguments: &[&str]) -> (bool, String) {
    let folder = TempDir::new().unwrap();
    let variables = [
        ("DATABASE_URL", app.database.url.as_str()),
        ("GATEHOUSE_SECRET", SECRET),
    ];
    let mut command = gatehouse(folder.path(), &variables);
    let output = command
        .args(["users", "reset-factors"])
        .args(arguments)
        .output_in_time()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    (output.status.success(), text)
}

#[tokio::test]
async fn an_operator_removes_the_factors_of_a_user_who_has_lost_them() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    let ben = WithApp::register(&app, "ben").await;
    let challenge = ann.challenge(&app).await;

    let queued = count_rows(&app, "outbox", "1 = 1").await;
    let (is_done, said) = reset(&app, &["Ann@Example.org", "--yes"]);

    assert!(is_done, "{said}");
    let now_queued = count_rows(&app, "outbox", "1 = 1").await;
    assert_eq!(now_queued, queued + 1, "the user is told");
    assert!(!ann.user.is_signed_in().await, "its sessions are revoked");
    let proof = json!({ "recoveryCode": ann.recovery_codes[0] });
    let late = app.anonymous().complete_login(&challenge, proof).await;
    late.assert_user_error("CHALLENGE_INVALID", &[]);
    let login = app.anonymous().login("ann", PASSWORD).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &login);
    let left = ann.second_factors().await;
    assert_eq!(left.at("/data/me/secondFactors/recoveryCodesLeft"), 0);
    let events = ann.event_types().await;
    assert!(
        events.contains(&"SECOND_FACTORS_RESET".to_owned()),
        "{events:?}"
    );
    assert!(ben.user.is_signed_in().await);
    ben.challenge(&app).await;
}

#[tokio::test]
async fn nothing_is_removed_without_a_confirmation_or_an_account() {
    let app = TestApp::start().await;
    let ann = WithApp::register(&app, "ann").await;
    for (arguments, expected) in [
        (vec!["ann@example.org"], "--yes"),
        (vec!["nobody@example.org", "--yes"], "there is no account"),
    ] {
        let (is_done, said) = reset(&app, &arguments);
        assert!(!is_done && said.contains(expected), "{said}");
    }
    assert!(ann.user.is_signed_in().await);
    ann.challenge(&app).await;
}
