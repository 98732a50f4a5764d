//! Rows of passkeys that somebody with access to the database wrote or changed.

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use super::stage::{Purpose, factors, sign_in, with_passkey};
use crate::support::{SignedUp, TestApp, db_dump, encode, log_of};

const OF: &str = "(SELECT id FROM users WHERE username_canonical = ";

async fn execute(app: &TestApp, sql: &str) {
    let db = app.database.db_connect().await;
    let done = db.execute_unprepared(sql).await.unwrap();
    assert_eq!(done.rows_affected(), 1, "{sql}");
    db.close().await.unwrap();
}

/// Returns the user handle of `user`, which authenticators do not sign.
fn handle(user: &SignedUp) -> String {
    let id: uuid::Uuid = user.user_id.parse().unwrap();
    encode(id.as_bytes())
}

#[tokio::test]
async fn passkey_that_was_moved_to_another_account_authenticates_nobody() {
    let app = TestApp::start().await;
    let (ann, _) = with_passkey(&app, "ann").await;
    let (_, of_eve) = with_passkey(&app, "eve").await;
    let ceremonies = [
        Purpose::SignIn.begin(&ann).await,
        Purpose::SecondStep.begin(&ann).await,
        Purpose::Reauthenticate.begin(&ann).await,
    ];
    execute(
        &app,
        &format!("UPDATE passkeys SET user_id = {OF}'ann') WHERE user_id = {OF}'eve')"),
    )
    .await;
    for (ceremony, code) in
        ceremonies
            .into_iter()
            .zip(["PASSKEY_INVALID", "PASSKEY_INVALID", "PASSKEY_INVALID"])
    {
        let mut any = ceremony.options.clone();
        any["allowCredentials"] = json!([]);
        let mut used = of_eve.clone().get(&any).unwrap();
        used["response"]["userHandle"] = json!(handle(&ann));
        let reply = ceremony.submit(&used).await;
        reply.assert_user_error(code, &["passkey"]);
        let is_warning = |line: &Value| {
            let message = line["message"].as_str().unwrap_or_default();
            message.starts_with("passkey ignored: its row was changed")
        };
        assert!(log_of(&reply).iter().any(is_warning));
    }
    let listed = factors(&ann).await;
    assert_eq!(listed["passkeys"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn public_key_that_was_exchanged_authenticates_nobody() {
    let app = TestApp::start().await;
    let (ann, mut of_ann) = with_passkey(&app, "ann").await;
    let (_, mut of_eve) = with_passkey(&app, "eve").await;
    let id = factors(&ann).await["passkeys"][0]["credentialId"].clone();
    let key = format!("(SELECT public_key FROM passkeys WHERE user_id = {OF}'eve'))");
    execute(
        &app,
        &format!("UPDATE passkeys SET public_key = {key} WHERE user_id = {OF}'ann')"),
    )
    .await;
    let ceremony = Purpose::SignIn.begin(&ann).await;
    let mut used = of_eve.get(&ceremony.options).unwrap();
    used["id"] = id.clone();
    used["rawId"] = id;
    used["response"]["userHandle"] = json!(handle(&ann));

    let reply = ceremony.submit(&used).await;

    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    let own = sign_in(&app.anonymous(), &mut of_ann).await;
    own.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    sign_in(&app.anonymous(), &mut of_eve).await.ok();
}

#[tokio::test]
async fn passkey_of_another_rp_id_cannot_be_relabeled() {
    let app = TestApp::start().await;
    let (_, mut device) = with_passkey(&app, "ann").await;
    execute(&app, "UPDATE passkeys SET rp_id = 'example.org'").await;
    let other = sign_in(&app.anonymous(), &mut device).await;
    other.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    let moved = app
        .second_instance_with(|config| {
            let passkeys = config.factors.passkeys.as_mut().unwrap();
            passkeys.rp_id = "example.org".to_owned();
        })
        .await;
    let started = moved.anonymous().start_passkey("SIGN_IN").await;
    let mut options = started.ok()["options"].clone();
    options["rpId"] = json!("app.example.org");
    device.signed_rp_id = Some("example.org".to_owned());
    let used = device.get(&options).unwrap();

    let reply = moved.anonymous().login_with_passkey(&used).await;

    reply.assert_user_error("PASSKEY_INVALID", &["passkey"]);
    execute(&app, "UPDATE passkeys SET rp_id = 'app.example.org'").await;
    device.signed_rp_id = None;
    sign_in(&app.anonymous(), &mut device).await.ok();
}

#[tokio::test]
async fn database_holds_no_secret_of_a_passkey() {
    let app = TestApp::start().await;
    let (ann, device) = with_passkey(&app, "ann").await;
    let ceremony = Purpose::SecondStep.begin(&ann).await;
    let dump = db_dump(&app).await;
    assert!(dump.contains("firefox on linux"));
    let challenge = ceremony.options["challenge"].as_str().unwrap();
    assert!(!dump.contains(&challenge.to_lowercase()));
    ceremony.submit(&ceremony.answer(&device)).await.ok();
}
