//! Requests at once, whose sessions and users are looked up by the same statements.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{SignedUp, TestApp};

const USERS: usize = 100;
const ROUNDS: usize = 30;

#[tokio::test(flavor = "multi_thread")]
async fn each_of_many_requests_at_once_gets_its_own_user_as_it_is_now() {
    let app = TestApp::with(|config| {
        // A hundred users who change their names at once wait for each other.
        config.database.timeout = Duration::from_secs(30);
        config.limits.request_timeout = Duration::from_mins(1);
    })
    .await;
    let mut users = JoinSet::new();
    for number in 0..USERS {
        let user = app.signed_up(&format!("user{number}")).await;
        users.spawn(async move { use_account(user).await });
    }
    while let Some(ended) = users.join_next().await {
        ended.unwrap();
    }
}

/// Reads the account again and again, changes it in between, and ends a session in the end.
async fn use_account(user: SignedUp) {
    let phone = user.login_again().await;
    let mut name = json!(null);
    for round in 0..ROUNDS {
        if round % 10 == 5 {
            name = json!(format!("{} {round}", user.email));
            user.update_profile(json!({ "name": name })).await.ok();
        }
        let (there, here) = tokio::join!(phone.me(), user.me());
        for reply in [there, here] {
            assert_eq!(reply.at("/data/me/id"), &json!(user.user_id));
            assert_eq!(reply.at("/data/me/email"), &json!(user.email));
            assert_eq!(reply.at("/data/me/name"), &name);
        }
    }
    user.revoke_session(&phone.session_id).await.ok();
    let (there, here) = tokio::join!(phone.me(), user.me());
    there.assert_error("UNAUTHENTICATED");
    assert_eq!(here.at("/data/me/id"), &json!(user.user_id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_up_that_hangs_is_cut_off_and_the_next_ones_work() {
    let app = TestApp::with(|config| config.limits.request_timeout = Duration::from_secs(8)).await;
    let ann = app.signed_up("ann").await;
    let blocker = app.database.db_connect().await;
    let is_postgres = blocker.get_database_backend() == DbBackend::Postgres;
    let block = if is_postgres {
        "BEGIN; LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE"
    } else {
        // A writer, which holds up no reader.
        "BEGIN IMMEDIATE"
    };
    blocker.execute_unprepared(block).await.unwrap();

    let asked_at = Instant::now();
    let (first, second, third) = tokio::join!(ann.me(), ann.me(), ann.me());

    for reply in [first, second, third] {
        if is_postgres {
            reply.assert_error("INTERNAL");
            assert!(reply.at("/errors/0/extensions/requestId").is_string());
            assert!(asked_at.elapsed() < Duration::from_secs(8));
        } else {
            assert_eq!(reply.at("/data/me/id"), &json!(ann.user_id));
        }
    }
    let settings = "{ authSettings { registrationOpen } }";
    let settings = app.anonymous().graphql(settings, json!({})).await;
    assert_eq!(settings.at("/data/authSettings/registrationOpen"), true);
    blocker.execute_unprepared("ROLLBACK").await.unwrap();
    assert!(ann.is_signed_in().await);
}
