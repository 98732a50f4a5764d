//! `exportData`

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::time::Duration;

use gatehouse::config::Quota;
use serde_json::{Value, json};

use crate::support::{PASSWORD, SignedUp, TestApp};

async fn exported(user: &SignedUp) -> Value {
    user.export_data(PASSWORD).await.ok()["export"].clone()
}

#[tokio::test]
async fn it_hands_over_what_every_owner_holds() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let input = json!({ "name": "Ann", "locale": "de", "email": "lee@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    app.anonymous().login("ann", "not it").await;
    app.run_workers().await;
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();

    let export = exported(&ann).await;

    assert_eq!(export["account"]["email"], "ann@example.org");
    assert_eq!(export["account"]["pendingEmail"], "lee@example.org");
    assert_eq!(export["account"]["name"], "Ann");
    assert_eq!(export["sessions"][0]["deviceName"], "Firefox on Linux");
    assert_eq!(export["mails"][0]["kind"], "reset_password");
    assert!(export["links"].as_array().unwrap().len() >= 3);
    let events: BTreeSet<&str> = export["securityEvents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert!(events.contains("LOGIN_FAILED") && events.contains("DATA_EXPORTED"));
    assert_eq!(ann.event_types().await[0], "DATA_EXPORTED");
}

#[tokio::test]
async fn it_holds_no_secret_and_nothing_of_others() {
    let app = TestApp::start().await;
    let bob = app.signed_up("bob").await;
    let ann = app.signed_up("ann").await;
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();
    let mails = app.mails_to("ann@example.org").await;

    let text = exported(&ann).await.to_string();

    for secret in [
        "$2b$",
        "hash",
        "bob@example.org",
        &bob.user_id,
        &ann.refresh_token,
        &ann.access_token,
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    for token in [
        mails[0].token("verify-email"),
        mails[1].token("reset-password"),
    ] {
        assert!(!text.contains(&token));
    }
    let parts: Vec<&str> = ann.refresh_token.split('.').collect();
    assert!(
        parts
            .iter()
            .all(|part| part.len() < 30 || !text.contains(part))
    );
}

/// Every column of a table with personal data is handed over or has a reason not to be.
#[tokio::test]
async fn every_column_is_handed_over_or_is_a_secret() {
    use sea_orm::{ConnectionTrait, DbBackend, Statement};
    let app = TestApp::start().await;
    let db = app.database.db_connect().await;
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'users'"
        }
        _ => "SELECT name FROM pragma_table_info('users')",
    };
    let rows = db
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap();
    let ann = app.signed_up("ann").await;
    let export = exported(&ann).await;
    let left_out = [
        "email_canonical",
        "username_canonical",
        "pending_email_canonical",
        "password_hash",
        "password_scheme",
        "pepper_id",
        "password_version",
    ];
    for row in rows {
        let column: String = row.try_get("", "name").unwrap();
        let mut words = column.split('_');
        let mut key = words.next().unwrap().to_owned();
        for word in words {
            key.push_str(&word[..1].to_uppercase());
            key.push_str(&word[1..]);
        }
        let handed_over = export["account"].as_object().unwrap().contains_key(&key);
        assert_ne!(handed_over, left_out.contains(&column.as_str()), "{column}");
    }
}

#[tokio::test]
async fn it_needs_the_current_password_and_a_sign_in() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.export_data("not it").await;
    reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
    let nobody = app.anonymous().export_data(PASSWORD).await;
    nobody.assert_error("UNAUTHENTICATED");
}

#[tokio::test]
async fn it_is_limited_together_with_everything_that_checks_a_password() {
    let quota = Quota {
        burst: NonZeroU32::new(4).unwrap(),
        period: Duration::from_mins(1),
    };
    let app = TestApp::with(|config| config.rate_limits.password_check = Some(quota)).await;
    let ann = app.signed_up("ann").await;
    exported(&ann).await;
    ann.change_password("not it", "seven teapots hum at dawn")
        .await;
    ann.delete_account("not it", "ann@example.org").await;
    let input = json!({ "email": "lee@example.org", "currentPassword": "not it" });
    ann.update_profile(input).await;

    let refused = ann.export_data(PASSWORD).await;

    refused.assert_error("RATE_LIMITED");
    assert_eq!(refused.at("/errors/0/extensions/retryAfter"), 15);
    app.advance(chrono::TimeDelta::seconds(15));
    exported(&ann).await;
}
