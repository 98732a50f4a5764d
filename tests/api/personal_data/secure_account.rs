//! `secureAccount`

use chrono::TimeDelta;
use gatehouse::config::EmailVerification::{Off, Optional};
use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp, winners};

const NEW: &str = "seven teapots hum at dawn";
const ABOUT_TO_CHANGE: &str = "Your email address is about to change";
const CHANGED: &str = "Your email address was changed";
const RESTORE: &str = "Choose a new password to sign in again";

/// Ann's account, moved to `eve@example.org` by somebody with her password; her link to take that back.
async fn moved(app: &TestApp) -> (SignedUp, String) {
    let ann = app.signed_up("ann").await;
    ann.verify_address(app).await;
    let input = json!({ "email": "eve@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    let token = app
        .last_mail_to("eve@example.org")
        .await
        .token("verify-email");
    ann.verify_email(&token).await.ok();
    let notice = app.mail("ann@example.org", CHANGED).await;
    (ann, notice.token("secure-account"))
}

async fn reset(app: &TestApp, email: &str) -> String {
    app.anonymous().request_password_reset(email).await.ok();
    app.last_mail_to(email).await.token("reset-password")
}

#[tokio::test]
async fn it_ends_every_session_turns_the_password_off_and_starts_a_reset() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.verify_address(&app).await;
    let thief = app.anonymous().with_user_agent("curl/8.5.0");
    let thief = SignedUp::from_reply(&thief, &thief.login("ann", PASSWORD).await);
    let notice = app
        .mail("ann@example.org", "New sign-in to your account")
        .await;

    let reply = app
        .anonymous()
        .secure_account(&notice.token("secure-account"))
        .await;

    assert_eq!(reply.ok()["revokedSessionCount"], 2);
    assert!(!ann.is_signed_in().await && !thief.is_signed_in().await);
    let off = app.anonymous().login("ann", PASSWORD).await;
    off.assert_user_error("INVALID_CREDENTIALS", &[]);
    let mail = app.mail("ann@example.org", RESTORE).await;
    app.anonymous()
        .reset_password(&mail.token("reset-password"), NEW)
        .await
        .ok();
    let ann = SignedUp::from_reply(&app.anonymous(), &app.anonymous().login("ann", NEW).await);
    assert!(
        ann.event_types()
            .await
            .contains(&"ACCOUNT_SECURED".to_owned())
    );
    let again = app
        .anonymous()
        .secure_account(&notice.token("secure-account"))
        .await;
    again.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn a_change_of_address_is_stopped_before_it_takes_effect() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.verify_address(&app).await;
    let input = json!({ "email": "eve@example.org", "currentPassword": PASSWORD });
    ann.update_profile(input).await.ok();
    let change = app
        .last_mail_to("eve@example.org")
        .await
        .token("verify-email");
    let notice = app.mail("ann@example.org", ABOUT_TO_CHANGE).await;

    app.anonymous()
        .secure_account(&notice.token("secure-account"))
        .await
        .ok();

    let late = app.anonymous().verify_email(&change).await;
    late.assert_user_error("TOKEN_INVALID", &["token"]);
    let mail = app.mail("ann@example.org", RESTORE).await;
    let reply = app
        .anonymous()
        .reset_password(&mail.token("reset-password"), NEW)
        .await;
    let user = &reply.ok()["user"];
    assert_eq!(user["email"], "ann@example.org");
    assert_eq!(user["pendingEmail"], json!(null));
}

#[tokio::test]
async fn a_change_of_address_is_taken_back_after_it_took_effect() {
    for was_verified in [true, false] {
        let app = TestApp::start().await;
        if was_verified {
            app.signed_up("bob").await.verify_address(&app).await;
        }
        let name = if was_verified { "bob" } else { "ann" };
        let email = format!("{name}@example.org");
        let user = if was_verified {
            let reply = app.anonymous().login("bob", PASSWORD).await;
            SignedUp::from_reply(&app.anonymous(), &reply)
        } else {
            app.signed_up("ann").await
        };
        let input = json!({ "email": "eve@example.org", "currentPassword": PASSWORD });
        user.update_profile(input).await.ok();
        let before = app
            .mail(&email, ABOUT_TO_CHANGE)
            .await
            .token("secure-account");
        let change = app
            .last_mail_to("eve@example.org")
            .await
            .token("verify-email");
        user.verify_email(&change).await.ok();
        let stolen = reset(&app, "eve@example.org").await;

        app.anonymous().secure_account(&before).await.ok();

        let late = app.anonymous().reset_password(&stolen, NEW).await;
        late.assert_user_error("TOKEN_INVALID", &["token"]);
        let mail = app.mail(&email, RESTORE).await;
        assert!(
            mail.text
                .contains("This is the email address of the account again."),
            "{}",
            mail.text
        );
        let verified = "SELECT email_verified_at IS NOT NULL AS verified FROM users";
        assert_eq!(db_flag(&app, verified).await, was_verified);
        let reply = app
            .anonymous()
            .reset_password(&mail.token("reset-password"), NEW)
            .await;
        assert_eq!(reply.ok()["user"]["email"], email.as_str());
    }
}

async fn db_flag(app: &TestApp, sql: &str) -> bool {
    use sea_orm::{ConnectionTrait, Statement};
    let db = app.database.db_connect().await;
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "verified").unwrap()
}

#[tokio::test]
async fn an_attacker_who_moved_the_account_cannot_void_the_owner_s_link() {
    let app = TestApp::start().await;
    let (_, owners) = moved(&app).await;
    let token = reset(&app, "eve@example.org").await;
    app.anonymous().reset_password(&token, NEW).await.ok();
    let theirs = app
        .mail("eve@example.org", "Your password was changed")
        .await;
    app.anonymous()
        .secure_account(&theirs.token("secure-account"))
        .await
        .ok();

    app.anonymous().secure_account(&owners).await.ok();

    let mail = app.mail("ann@example.org", RESTORE).await;
    app.anonymous()
        .reset_password(&mail.token("reset-password"), "nine otters sleep on kelp")
        .await
        .ok();
    app.anonymous()
        .login("ann@example.org", "nine otters sleep on kelp")
        .await
        .ok();
}

#[tokio::test]
async fn a_change_taken_back_takes_along_what_came_after_it() {
    let app = TestApp::start().await;
    let (eve, owners) = moved(&app).await;
    app.advance(TimeDelta::minutes(1));
    let input = json!({ "email": "mal@example.org", "currentPassword": PASSWORD });
    eve.update_profile(input).await.ok();
    let change = app
        .last_mail_to("mal@example.org")
        .await
        .token("verify-email");
    eve.verify_email(&change).await.ok();
    let theirs = app
        .mail("eve@example.org", CHANGED)
        .await
        .token("secure-account");

    app.anonymous().secure_account(&owners).await.ok();

    let late = app.anonymous().secure_account(&theirs).await;
    late.assert_user_error("TOKEN_INVALID", &["token"]);
    assert!(
        app.mail("ann@example.org", RESTORE)
            .await
            .links_to("reset-password")
    );
}

#[tokio::test]
async fn an_address_that_somebody_else_has_by_now_stays_theirs() {
    let app = TestApp::start().await;
    let (thief, owners) = moved(&app).await;
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let reply = app.anonymous().register(input).await;
    let other = SignedUp::from_reply(&app.anonymous(), &reply);
    other.verify_address(&app).await;

    app.anonymous().secure_account(&owners).await.ok();

    assert!(!thief.is_signed_in().await);
    let off = app.anonymous().login("eve@example.org", PASSWORD).await;
    off.assert_user_error("INVALID_CREDENTIALS", &[]);
    assert!(other.is_signed_in().await);
    let mails = app.mails_to("eve@example.org").await;
    assert!(!mails.iter().any(|mail| mail.subject == RESTORE));
}

#[tokio::test]
async fn an_unverified_holder_of_an_address_loses_it_to_the_owner() {
    let app = TestApp::start().await;
    let (thief, owners) = moved(&app).await;
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let reply = app.anonymous().register(input).await;
    let squatter = SignedUp::from_reply(&app.anonymous(), &reply);

    app.anonymous().secure_account(&owners).await.ok();

    assert!(!thief.is_signed_in().await && !squatter.is_signed_in().await);
    let mail = app.mail("ann@example.org", RESTORE).await;
    let reply = app
        .anonymous()
        .reset_password(&mail.token("reset-password"), NEW)
        .await;
    assert_eq!(reply.ok()["user"]["id"], thief.user_id.as_str());
    assert_eq!(reply.ok()["user"]["email"], "ann@example.org");
}

#[tokio::test]
async fn an_address_that_was_never_proved_has_no_claim_after_a_reset_at_one_that_was() {
    for verification in [Off, Optional] {
        let app = TestApp::with(|config| config.accounts.email_verification = verification).await;
        // Registered by a stranger, or mistyped; then changed to the address of a real person.
        let stranger = app.signed_up("stranger").await;
        let input = json!({ "email": "real@example.org", "currentPassword": PASSWORD });
        stranger.update_profile(input).await.ok();
        let mails = app.mails_to("stranger@example.org").await;
        let links: Vec<String> = mails
            .iter()
            .filter(|mail| mail.subject != "Confirm your email address")
            .map(|mail| mail.token("secure-account"))
            .collect();
        assert_eq!(links.len(), 1);
        if verification == Optional {
            let link = app
                .last_mail_to("real@example.org")
                .await
                .token("verify-email");
            app.anonymous().verify_email(&link).await.ok();
        }
        let token = reset(&app, "real@example.org").await;
        app.anonymous().reset_password(&token, NEW).await.ok();

        let late = app.anonymous().secure_account(&links[0]).await;

        late.assert_user_error("TOKEN_INVALID", &["token"]);
        app.anonymous().login("real@example.org", NEW).await.ok();
    }
}

#[tokio::test]
async fn a_deletion_requested_by_someone_else_is_canceled() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.verify_address(&app).await;
    let reply = ann.delete_account(PASSWORD, "ann@example.org").await;
    let receipt = reply.text("/data/deleteAccount/deletion/receipt");
    let notice = app
        .mail("ann@example.org", "Your account will be deleted")
        .await;

    app.anonymous()
        .secure_account(&notice.token("secure-account"))
        .await
        .ok();

    app.advance(TimeDelta::hours(2));
    let mail = app.mail("ann@example.org", RESTORE).await;
    assert!(
        mail.text
            .contains("The deletion of the account was canceled."),
        "{}",
        mail.text
    );
    let deletion = app.anonymous().account_deletion(&receipt).await;
    assert_eq!(deletion.at("/data/accountDeletion/status"), "CANCELLED");
    let late = notice.token("cancel-deletion");
    let late = app.anonymous().cancel_account_deletion(&late).await;
    late.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn a_verified_account_is_not_removed_by_the_link_of_its_first_mail() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let first = app.last_mail_to("ann@example.org").await;
    ann.verify_address(&app).await;
    app.anonymous()
        .secure_account(&first.token("secure-account"))
        .await
        .ok();
    let mail = app.mail("ann@example.org", RESTORE).await;
    app.anonymous()
        .reset_password(&mail.token("reset-password"), NEW)
        .await
        .ok();
}

#[tokio::test]
async fn a_link_ends_after_a_week_and_works_once() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.change_password(PASSWORD, NEW).await.ok();
    let token = app
        .mail("ann@example.org", "Your password was changed")
        .await
        .token("secure-account");
    let attempts: Vec<_> = (0..20)
        .map(|_| {
            let (client, token) = (app.anonymous(), token.clone());
            tokio::spawn(async move { client.secure_account(&token).await })
        })
        .collect();
    assert_eq!(winners(attempts, "TOKEN_INVALID", &["token"]).await, 1);

    let bob = app.signed_up("bob").await;
    bob.change_password(PASSWORD, NEW).await.ok();
    let token = app
        .mail("bob@example.org", "Your password was changed")
        .await
        .token("secure-account");
    app.advance(TimeDelta::days(7));
    let late = app.anonymous().secure_account(&token).await;
    late.assert_user_error("TOKEN_EXPIRED", &["token"]);
}
