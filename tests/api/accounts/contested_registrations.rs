//! Several registrations of one address, where addresses must be verified and none is.

use chrono::TimeDelta;
use gatehouse::config::EmailVerification::Required;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::{Mail, PASSWORD, Reply, TestApp, columns_of, count_rows};

const VICTIM: &str = "victim@example.org";
const STRANGERS: &str = "seven teapots hum at dawn";
const NEW: &str = "eleven lanterns drift north";

async fn strict() -> TestApp {
    TestApp::with(|config| config.accounts.email_verification = Required).await
}

/// Registers the victim's address from a device that the email names; returns the answer.
async fn register(app: &TestApp, device: &str, rest: Value) -> Reply {
    let mut input = json!({ "email": VICTIM });
    input
        .as_object_mut()
        .unwrap()
        .extend(rest.as_object().unwrap().clone());
    app.advance(TimeDelta::seconds(1));
    let reply = app
        .anonymous()
        .with_user_agent(device)
        .register(input)
        .await;
    app.run_workers().await;
    reply
}

async fn by_stranger(app: &TestApp) -> Reply {
    let input = json!({ "password": STRANGERS, "username": "mallory", "name": "Mallory" });
    register(app, "curl/8.5.0", input).await
}

async fn by_victim(app: &TestApp) -> Reply {
    let input =
        json!({ "password": PASSWORD, "username": "victim", "name": "Vic", "locale": "de" });
    register(app, "wget/1.21.3", input).await
}

/// The verification emails to the victim that name this device, oldest first.
async fn mails_of(app: &TestApp, device: &str) -> Vec<Mail> {
    let mut mails = app.mails_to(VICTIM).await;
    mails.retain(|mail| mail.links_to("verify-email") && mail.text.contains(device));
    mails
}

async fn count(app: &TestApp, table: &str) -> i64 {
    let db = app.database.db_connect().await;
    let sql = format!("SELECT COUNT(*) AS count FROM {table}");
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "count").unwrap()
}

async fn assert_owned_by_victim(app: &TestApp, password: &str) -> Value {
    let stranger = app.anonymous().login(VICTIM, STRANGERS).await;
    stranger.assert_user_error("INVALID_CREDENTIALS", &[]);
    let reply = app.anonymous().login(VICTIM, password).await;
    reply.ok()["user"].clone()
}

#[tokio::test]
async fn the_registration_whose_link_is_followed_wins_with_its_password_and_profile() {
    for victim_is_first in [false, true] {
        let app = strict().await;
        let (one, other) = if victim_is_first {
            (by_victim(&app).await, by_stranger(&app).await)
        } else {
            (by_stranger(&app).await, by_victim(&app).await)
        };
        assert_eq!(one.body, other.body, "and nobody learns of the other");
        assert_eq!(one.ok()["verificationRequired"], true);
        let victims = mails_of(&app, "wget").await.remove(0);
        let strangers = mails_of(&app, "curl").await.remove(0);

        let reply = app
            .anonymous()
            .verify_email(&victims.token("verify-email"))
            .await;

        assert_eq!(reply.ok()["user"]["emailVerified"], true);
        let user = assert_owned_by_victim(&app, PASSWORD).await;
        assert_eq!(user["username"], "victim", "{victim_is_first}");
        assert_eq!(user["name"], "Vic");
        assert_eq!(user["locale"], "de");
        let late = app
            .anonymous()
            .verify_email(&strangers.token("verify-email"))
            .await;
        late.assert_user_error("TOKEN_INVALID", &["token"]);
        assert_owned_by_victim(&app, PASSWORD).await;
        assert_eq!(count(&app, "users").await, 1);
        assert_eq!(count(&app, "pending_registrations").await, 0);
        assert_eq!(
            count(&app, "one_time_tokens WHERE purpose LIKE 'verify%'").await,
            0
        );
    }
}

#[tokio::test]
async fn nothing_of_a_losing_registration_is_left_in_any_column() {
    let app = strict().await;
    by_stranger(&app).await;
    by_victim(&app).await;
    let links = mails_of(&app, "wget").await.remove(0);
    let columns = columns_of(&app, "users").await;
    // The address is the same, a change of it needs a sign-in, and other tests have the times.
    let texts = columns.iter().filter(|column| {
        *column != "id"
            && !column.contains("email")
            && !column.ends_with("_at")
            && !column.ends_with("_for")
    });
    let (left, sets): (Vec<_>, Vec<_>) = texts
        .map(|column| {
            (
                format!("{column} LIKE 'left%'"),
                format!("{column} = 'left-over'"),
            )
        })
        .unzip();
    assert!(sets.len() >= 5, "{sets:?}");
    let db = app.database.db_connect().await;
    db.execute_unprepared(&format!("UPDATE users SET {}", sets.join(", ")))
        .await
        .unwrap();

    let reply = app
        .anonymous()
        .verify_email(&links.token("verify-email"))
        .await;

    assert_eq!(reply.ok()["user"]["username"], "victim");
    for left in left {
        assert_eq!(count_rows(&app, "users", &left).await, 0, "{left}");
    }
}

#[tokio::test]
async fn each_email_states_when_and_from_where_it_was_requested_and_warns_of_the_others() {
    let app = strict().await;
    by_stranger(&app).await;
    by_victim(&app).await;
    let mail = mails_of(&app, "wget").await.remove(0);
    assert!(!mail.text.contains("curl") && !mail.text.contains("Mallory"));
    assert!(
        !mail.links_to("secure-account"),
        "it would remove the other one"
    );
    assert!(
        mail.text.contains("mehrere Konten beantragt"),
        "{}",
        mail.text
    );
}

#[tokio::test]
async fn nobody_is_signed_in_by_a_registration_that_waits_or_has_lost() {
    let app = strict().await;
    by_stranger(&app).await;
    by_victim(&app).await;
    for identifier in [VICTIM, "victim"] {
        let early = app.anonymous().login(identifier, PASSWORD).await;
        early.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
    let mail = mails_of(&app, "curl").await.remove(0);
    app.anonymous()
        .verify_email(&mail.token("verify-email"))
        .await
        .ok();
    let late = app.anonymous().login(VICTIM, PASSWORD).await;
    late.assert_user_error("INVALID_CREDENTIALS", &[]);
}

#[tokio::test]
async fn a_link_requested_signed_out_never_activates_another_user_s_password() {
    for contested in [false, true] {
        let app = strict().await;
        by_stranger(&app).await;
        if contested {
            by_victim(&app).await;
        }
        app.anonymous()
            .request_email_verification(json!({ "email": VICTIM }))
            .await
            .ok();
        let mail = app.last_mail_to(VICTIM).await;
        assert!(!mail.links_to("verify-email"), "{}", mail.text);
        let token = mail.token("reset-password");
        app.anonymous().reset_password(&token, NEW).await.ok();

        let user = assert_owned_by_victim(&app, NEW).await;
        assert_eq!(user["emailVerified"], true);
        let (username, name) = if contested {
            (Value::Null, Value::Null)
        } else {
            (json!("mallory"), json!("Mallory"))
        };
        assert_eq!((&user["username"], &user["name"]), (&username, &name));
        for mail in mails_of(&app, "").await {
            let reply = app
                .anonymous()
                .verify_email(&mail.token("verify-email"))
                .await;
            reply.assert_user_error("TOKEN_INVALID", &["token"]);
        }
        assert_eq!(count(&app, "pending_registrations").await, 0);
    }
}

#[tokio::test]
async fn removing_a_stranger_s_registration_keeps_one_s_own() {
    let app = strict().await;
    by_stranger(&app).await;
    by_victim(&app).await;
    let strangers = mails_of(&app, "curl").await.remove(0);
    let victims = mails_of(&app, "wget").await.remove(0);

    app.anonymous()
        .secure_account(&strangers.token("secure-account"))
        .await
        .ok();

    let gone = app
        .anonymous()
        .verify_email(&strangers.token("verify-email"))
        .await;
    gone.assert_user_error("TOKEN_INVALID", &["token"]);
    app.anonymous()
        .verify_email(&victims.token("verify-email"))
        .await
        .ok();
    let user = assert_owned_by_victim(&app, PASSWORD).await;
    assert_eq!(user["username"], "victim");
}

#[tokio::test]
async fn each_registration_waits_for_as_long_as_if_it_were_the_only_one() {
    let app = strict().await;
    by_stranger(&app).await;
    app.advance(TimeDelta::days(6));
    by_victim(&app).await;
    let victims = mails_of(&app, "wget").await.remove(0);
    app.advance(TimeDelta::hours(23));
    app.run_workers().await;
    app.advance(TimeDelta::minutes(59));
    app.run_workers().await;
    assert_eq!(count(&app, "pending_registrations").await, 1);
    app.advance(TimeDelta::seconds(59));
    app.run_workers().await;
    assert_eq!(count(&app, "pending_registrations").await, 0);
    app.anonymous()
        .verify_email(&victims.token("verify-email"))
        .await
        .ok();
    assert_owned_by_victim(&app, PASSWORD).await;

    let app = strict().await;
    by_stranger(&app).await;
    by_victim(&app).await;
    app.advance(TimeDelta::days(7));
    app.run_workers().await;
    app.run_workers().await;
    assert_eq!(count(&app, "users").await, 0);
    assert_eq!(count(&app, "pending_registrations").await, 0);
}

#[tokio::test]
async fn a_stranger_who_registers_again_and_again_keeps_nobody_out() {
    let app = strict().await;
    for _ in 0..8 {
        register(&app, "curl/8.5.0", json!({ "password": STRANGERS })).await;
    }
    assert_eq!(count(&app, "pending_registrations").await, 4);
    by_victim(&app).await;
    assert_eq!(count(&app, "pending_registrations").await, 4);
    let mail = app.last_mail_to(VICTIM).await;
    let token = mail.token("reset-password");
    app.anonymous().reset_password(&token, PASSWORD).await.ok();
    assert_owned_by_victim(&app, PASSWORD).await;

    // Nor does it end a registration that was there before.
    let app = strict().await;
    by_victim(&app).await;
    for _ in 0..8 {
        register(&app, "curl/8.5.0", json!({ "password": STRANGERS })).await;
    }
    let mail = mails_of(&app, "wget").await.remove(0);
    app.anonymous()
        .verify_email(&mail.token("verify-email"))
        .await
        .ok();
    assert_owned_by_victim(&app, PASSWORD).await;
}

#[tokio::test]
async fn an_account_in_use_is_not_contested() {
    let app = TestApp::start().await;
    let ann = app.signed_up("victim").await;
    let strict = app
        .second_instance_with(|config| config.accounts.email_verification = Required)
        .await;
    by_stranger(&strict).await;
    let mail = app.last_mail_to(VICTIM).await;
    assert_eq!(mail.subject, "You already have an account");
    assert!(!mail.links_to("verify-email") && !mail.links_to("reset-password"));
    assert_eq!(count(&app, "pending_registrations").await, 0);
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn the_usernames_of_those_who_lost_stay_taken_as_if_nothing_had_happened() {
    let app = strict().await;
    by_stranger(&app).await;
    by_victim(&app).await;
    let mail = mails_of(&app, "wget").await.remove(0);
    app.anonymous()
        .verify_email(&mail.token("verify-email"))
        .await
        .ok();
    for username in ["mallory", "victim"] {
        let input =
            json!({ "email": "zoe@example.org", "username": username, "password": PASSWORD });
        let reply = app.anonymous().register(input).await;
        reply.assert_user_error("USERNAME_TAKEN", &["username"]);
    }
}

#[tokio::test]
async fn an_earlier_registrant_is_no_known_device_of_the_owner() {
    let app = strict().await;
    by_stranger(&app).await;
    by_victim(&app).await;
    let mail = mails_of(&app, "wget").await.remove(0);
    app.anonymous()
        .verify_email(&mail.token("verify-email"))
        .await
        .ok();
    let before = app.mails_to(VICTIM).await.len();
    let thief = app.anonymous().with_user_agent("curl/8.5.0");
    thief.login(VICTIM, PASSWORD).await.ok();
    assert_eq!(app.mails_to(VICTIM).await.len(), before + 1);
}

#[tokio::test]
async fn of_two_links_followed_at_once_one_wins() {
    let app = strict().await;
    by_stranger(&app).await;
    by_victim(&app).await;
    let tokens = [
        mails_of(&app, "curl").await.remove(0).token("verify-email"),
        mails_of(&app, "wget").await.remove(0).token("verify-email"),
    ];
    let attempts: Vec<_> = (0..10)
        .map(|n| {
            let (client, token) = (app.anonymous(), tokens[n % 2].clone());
            tokio::spawn(async move { client.verify_email(&token).await })
        })
        .collect();
    let mut won = 0;
    for attempt in attempts {
        let reply = attempt.await.unwrap();
        match reply.payload()["userErrors"].as_array().unwrap().len() {
            0 => won += 1,
            _ => reply.assert_user_error("TOKEN_INVALID", &["token"]),
        }
    }
    assert_eq!(won, 1);
    let mut works = 0;
    for password in [PASSWORD, STRANGERS] {
        let reply = app.anonymous().login(VICTIM, password).await;
        works += u32::from(reply.payload()["userErrors"] == json!([]));
    }
    assert_eq!(works, 1);
}

#[tokio::test]
async fn where_signing_in_needs_no_verification_a_signed_out_request_proves_nothing_either() {
    let app = TestApp::start().await;
    let stranger = app.signed_up("victim").await;
    app.anonymous()
        .request_email_verification(json!({ "email": VICTIM }))
        .await
        .ok();
    let mail = app.last_mail_to(VICTIM).await;
    assert!(!mail.links_to("verify-email"));
    let token = mail.token("reset-password");
    app.anonymous().reset_password(&token, NEW).await.ok();
    assert!(!stranger.is_signed_in().await);
    let old = app.anonymous().login(VICTIM, PASSWORD).await;
    old.assert_user_error("INVALID_CREDENTIALS", &[]);
}
