//! Tests of passwords in every place where they are chosen or required.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

async fn register(app: &TestApp, password: &str) -> crate::support::Reply {
    let input = json!({ "email": "ann@example.org", "password": password });
    app.anonymous().register(input).await
}

#[tokio::test]
async fn a_password_is_that_and_no_other_to_its_last_space() {
    let app = TestApp::start().await;
    let password = "  Violet otters  Juggle quietly ";
    register(&app, password).await.ok();
    for other in [
        password.trim(),
        password.trim_end(),
        &password.to_lowercase(),
        &password.replace("  ", " "),
        &format!("{password} "),
    ] {
        let reply = app.anonymous().login("ann@example.org", other).await;
        assert_eq!(reply.at("/data/login/tokens"), &json!(null), "{other:?}");
    }
    let elsewhere = app.anonymous().at_local_address("127.0.0.2");
    elsewhere.login("ann@example.org", password).await.ok();
}

#[tokio::test]
async fn there_is_room_for_sixty_four_characters_of_four_bytes_each() {
    let app = TestApp::start().await;
    let password: String = (0..64_u32)
        .filter_map(|n| char::from_u32(0x20000 + n * n * 7 % 256))
        .collect();
    assert_eq!((password.chars().count(), password.len()), (64, 256));
    register(&app, &password).await.ok();
    let shorter: String = password.chars().take(63).collect();
    let reply = app.anonymous().login("ann@example.org", &shorter).await;
    reply.assert_user_error("INVALID_CREDENTIALS", &[]);
    app.anonymous()
        .login("ann@example.org", &password)
        .await
        .ok();
}

#[tokio::test]
async fn a_password_never_runs_out() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    app.advance(TimeDelta::days(2000));
    app.run_workers().await;
    app.anonymous().login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn what_the_service_is_called_is_no_password() {
    let name = "Quixolotl Verdantine <no-reply@mail.example>";
    let password = "quixolotlverdantine";
    let there = [("GATEHOUSE_MAIL_FROM", name)];
    let app = TestApp::with_settings(&there, |_| {}).await;
    register(&app, password)
        .await
        .assert_user_error("PASSWORD_TOO_WEAK", &["password"]);
    let another = TestApp::start().await;
    register(&another, password).await.ok();
}

#[tokio::test]
async fn a_new_service_knows_nobody() {
    let app = TestApp::start().await;
    let db = app.database.db_connect().await;
    let sql = "SELECT id FROM users";
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
    assert!(db.query_all_raw(statement).await.unwrap().is_empty());
    db.close().await.unwrap();
    for name in ["admin", "root", "gatehouse", "admin@localhost"] {
        let reply = app.anonymous().login(name, name).await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
}

#[tokio::test]
async fn names_without_an_account_cost_what_accounts_do_when_the_cost_was_raised() {
    let app = TestApp::start().await;
    let raised = app
        .second_instance_with(|config| config.passwords.bcrypt_cost = 6)
        .await;
    for n in 0..4 {
        app.signed_up(&format!("old{n}")).await;
        raised.signed_up(&format!("new{n}")).await;
    }
    raised.run_workers().await;
    for n in 0..60 {
        let name = format!("zoe{n}");
        let reply = raised.anonymous().login(&name, "not it").await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
    let mut checked = Vec::new();
    for cost in [4, 6] {
        let name = format!(
            "password_hashes_checked_total{{scheme=\"hmac-sha384-bcrypt\",cost=\"{cost}\"}}"
        );
        checked.push(raised.metric(&name).await);
    }
    assert_eq!(checked.iter().sum::<u64>(), 60, "{checked:?}");
    assert!(checked.iter().all(|n| (15..=45).contains(n)), "{checked:?}");
    // The same name always costs the same, as an account does.
    let other = app
        .second_instance_with(|config| config.passwords.bcrypt_cost = 6)
        .await;
    other.run_workers().await;
    for _ in 0..3 {
        other.anonymous().login("zoe7", "not it").await;
    }
    let kinds = other.metrics_named("password_hashes_checked_total").await;
    assert_eq!(kinds.len(), 1, "{kinds:?}");
}
