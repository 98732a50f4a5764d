//! Removing an account at the very moment at which something else happens to it: neither waits for the other in a circle,
//! and what was acknowledged is true afterwards.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

/// How many transactions the database server has ended because of a deadlock.
async fn deadlocks(app: &TestApp) -> i64 {
    let db = app.database.db_connect().await;
    if db.get_database_backend() != DbBackend::Postgres {
        return 0;
    }
    let sql = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql));
    row.await
        .unwrap()
        .unwrap()
        .try_get("", "deadlocks")
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_sign_ins_do_not_get_in_the_way_of_a_removal() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    for round in 0..8 {
        let name = format!("ann{round}");
        let ann = app.signed_up(&name).await;
        ann.delete_account(PASSWORD, &ann.email).await.ok();
        app.advance(TimeDelta::hours(1));
        let stranger = app.anonymous();
        tokio::join!(
            other.run_workers(),
            stranger.login(&name, "not it"),
            stranger.login(&name, "nor that"),
            stranger.login(&name, "or this"),
        );
        let gone = app.anonymous().login(&name, PASSWORD).await;
        gone.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
    assert_eq!(deadlocks(&app).await, 0);
    assert_eq!(app.metric("deletions_due").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn emails_that_were_requested_do_not_get_in_the_way_of_a_removal() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    for round in 0..8 {
        let ann = app.signed_up(&format!("ann{round}")).await;
        ann.delete_account(PASSWORD, &ann.email).await.ok();
        app.anonymous()
            .request_password_reset(&ann.email)
            .await
            .ok();
        app.advance(TimeDelta::hours(1));
        // Both instances write the requested emails and carry the deletion out.
        tokio::join!(app.run_workers(), other.run_workers());
    }
    assert_eq!(deadlocks(&app).await, 0);
    app.run_workers().await;
    assert_eq!(app.metric("deletions_due").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn securing_the_account_undoes_a_deletion_that_is_requested_at_the_same_moment() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let db = app.database.db_connect().await;
    for round in 0..12 {
        let ann = app.signed_up(&format!("ann{round}")).await;
        ann.verify_address(&app).await;
        let input =
            json!({ "currentPassword": PASSWORD, "newPassword": "seven teapots hum at dawn" });
        let changed = ann.change_password_with(input).await;
        let thief = app
            .anonymous()
            .bearing(&changed.text("/data/changePassword/tokens/accessToken"));
        let token = app
            .mail(&ann.email, "Your password was changed")
            .await
            .token("secure-account");
        let there = other.anonymous();
        let (_, secured) = tokio::join!(
            thief.delete_account("seven teapots hum at dawn", &ann.email),
            there.secure_account(&token),
        );
        secured.ok();
        app.advance(TimeDelta::hours(2));
        app.run_workers().await;
        let login = app.anonymous().login(&ann.email, PASSWORD).await;
        // The password is disabled, and the account is there: its owner can reset it.
        login.assert_user_error("INVALID_CREDENTIALS", &[]);
        let sql = format!("SELECT 1 FROM users WHERE email = '{}'", ann.email);
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql));
        assert!(
            row.await.unwrap().is_some(),
            "the account was removed all the same"
        );
    }
}
