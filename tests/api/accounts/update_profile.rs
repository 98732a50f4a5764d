//! `updateProfile`

use chrono::TimeDelta;
use std::num::NonZeroU32;
use std::time::Duration;

use gatehouse::config::EmailVerification::{Off, Required};
use gatehouse::config::Quota;
use serde_json::json;

use crate::support::{PASSWORD, TestApp, winners};

#[tokio::test]
async fn fields_left_out_stay_as_they_are_and_null_clears() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let all = json!({
        "name": "Ann", "username": "Annie", "avatarUrl": "https://img.example/a.png", "locale": "de",
    });
    ann.update_profile(all).await.ok();
    app.advance(TimeDelta::minutes(5));

    let reply = ann
        .update_profile(json!({ "name": null, "locale": "EN-us" }))
        .await;

    let user = &reply.ok()["user"];
    assert_eq!(user["name"], json!(null));
    assert_eq!(user["username"], "Annie");
    assert_eq!(user["avatarUrl"], "https://img.example/a.png");
    assert_eq!(user["locale"], "en-US");
    assert_eq!(user["updatedAt"], "2027-01-15T08:05:00.000Z");
    assert_eq!(ann.me().await.at("/data/me"), user);
}

#[tokio::test]
async fn all_user_errors_are_returned_at_once_and_nothing_is_changed() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let input = json!({
        "name": "x".repeat(129), "username": "a", "avatarUrl": "javascript:alert(1)", "locale": "??",
        "email": "nowhere",
    });

    let reply = ann.update_profile(input).await;

    reply.assert_user_errors(&[
        ("NAME_TOO_LONG", &["name"]),
        ("USERNAME_INVALID", &["username"]),
        ("AVATAR_URL_INVALID", &["avatarUrl"]),
        ("LOCALE_INVALID", &["locale"]),
        ("EMAIL_INVALID", &["email"]),
    ]);
    assert_eq!(ann.me().await.text("/data/me/username"), "ann");
}

#[tokio::test]
async fn one_wrong_field_keeps_the_right_ones_from_changing() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann
        .update_profile(json!({ "name": "Ann", "locale": "??" }))
        .await;
    reply.assert_user_error("LOCALE_INVALID", &["locale"]);
    assert_eq!(ann.me().await.at("/data/me/name"), &json!(null));
}

#[tokio::test]
async fn where_nothing_is_verified_a_new_address_takes_effect_at_once() {
    let app = TestApp::with(|config| config.accounts.email_verification = Off).await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;

    let reply = ann
        .update_profile(json!({ "email": "Lee@example.org", "currentPassword": PASSWORD }))
        .await;

    assert_eq!(reply.ok()["user"]["email"], "Lee@example.org");
    app.anonymous()
        .login("lee@example.org", PASSWORD)
        .await
        .ok();
    let old = app.anonymous().login("ann@example.org", PASSWORD).await;
    old.assert_user_error("INVALID_CREDENTIALS", &[]);
    assert!(ann.is_signed_in().await);
    assert!(
        !phone.is_signed_in().await,
        "a changed address ends the other sessions"
    );
    assert!(
        ann.event_types()
            .await
            .contains(&"EMAIL_CHANGED".to_owned())
    );
    let notice = app.last_mail_to("ann@example.org").await;
    assert!(notice.text.contains("L***@example.org"), "{}", notice.text);
    assert!(app.mails_to("lee@example.org").await.is_empty());
}

#[tokio::test]
async fn a_new_address_waits_for_its_link() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;

    let reply = ann
        .update_profile(json!({ "email": "lee@example.org", "currentPassword": PASSWORD }))
        .await;

    assert_eq!(reply.ok()["user"]["email"], "ann@example.org");
    assert_eq!(reply.ok()["user"]["pendingEmail"], "lee@example.org");
    assert!(phone.is_signed_in().await);
    let new = app.anonymous().login("lee@example.org", PASSWORD).await;
    new.assert_user_error("INVALID_CREDENTIALS", &[]);
    app.anonymous()
        .login("ann@example.org", PASSWORD)
        .await
        .ok();
    assert!(
        app.last_mail_to("lee@example.org")
            .await
            .links_to("verify-email")
    );
    let notice = app
        .mail("ann@example.org", "Your email address is about to change")
        .await;
    assert!(notice.links_to("secure-account") && !notice.links_to("verify-email"));
    let event = &ann.event_types().await[1];
    assert_eq!(event, "EMAIL_CHANGE_REQUESTED");
}

#[tokio::test]
async fn emails_that_a_stranger_causes_are_limited() {
    let quota = Quota {
        burst: NonZeroU32::new(2).unwrap(),
        period: Duration::from_hours(1),
    };
    let app = TestApp::with(|config| config.rate_limits.mail = Some(quota)).await;
    let ann = app.signed_up("ann").await;
    let input = json!({ "email": "victim@example.org", "currentPassword": PASSWORD });
    for _ in 0..2 {
        ann.update_profile(input.clone()).await.ok();
    }
    let refused = ann.update_profile(input).await;
    refused.assert_error("RATE_LIMITED");
    assert_eq!(app.mails_to("victim@example.org").await.len(), 2);
}

#[tokio::test]
async fn a_username_change_is_emailed_to_the_owner() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.update_profile(json!({ "username": "lee" })).await.ok();
    let notice = app
        .mail("ann@example.org", "Your username was changed")
        .await;
    assert!(notice.links_to("secure-account"));
}

#[tokio::test]
async fn with_required_verification_only_the_owner_learns_that_an_address_is_taken() {
    let app = TestApp::start().await;
    app.signed_up("bob").await;
    let ann = app.signed_up("ann").await;
    let strict = app
        .second_instance_with(|config| config.accounts.email_verification = Required)
        .await;
    let ann = ann.at(strict.api);
    let before = app.mails().await.len();

    let mut answers = Vec::new();
    for email in ["Bob@example.org", "free@example.org"] {
        let input = json!({ "email": email, "currentPassword": PASSWORD });
        let mut reply = ann.update_profile(input).await;
        reply.ok();
        let user = &mut reply.body["data"]["updateProfile"]["user"];
        assert_eq!(user["pendingEmail"], email);
        user["pendingEmail"] = json!(null);
        answers.push(reply.body);
        strict.run_workers().await;
    }

    assert_eq!(answers[0], answers[1]);
    let export = ann.export_data(PASSWORD).await;
    let links = export.at("/data/exportData/export/links");
    for email in ["Bob@example.org", "free@example.org"] {
        let to = |link: &&serde_json::Value| link["email"] == email;
        assert_eq!(
            links.as_array().unwrap().iter().filter(to).count(),
            1,
            "{links:#}"
        );
    }
    let told = strict
        .mail("bob@example.org", "You already have an account")
        .await;
    assert!(!told.links_to("verify-email"));
    assert_eq!(strict.mails().await.len(), before + 4);
}

#[tokio::test]
async fn a_new_address_needs_the_current_password() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;

    let without = ann
        .update_profile(json!({ "email": "lee@example.org" }))
        .await;
    let wrong = ann
        .update_profile(json!({ "email": "lee@example.org", "currentPassword": "not it" }))
        .await;

    without.assert_user_error("CURRENT_PASSWORD_REQUIRED", &["currentPassword"]);
    wrong.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
    assert_eq!(ann.me().await.text("/data/me/email"), "ann@example.org");
}

#[tokio::test]
async fn the_own_address_sent_along_changes_nothing_and_needs_no_password() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.update_profile(json!({ "email": "ann@example.org", "name": "Ann" }))
        .await
        .ok();
    assert_eq!(ann.event_types().await, ["PROFILE_UPDATED", "REGISTERED"]);
}

#[tokio::test]
async fn an_address_cannot_be_cleared() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.update_profile(json!({ "email": null })).await;
    reply.assert_user_error("EMAIL_INVALID", &["email"]);
}

#[tokio::test]
async fn what_another_account_has_is_taken() {
    let app = TestApp::start().await;
    app.signed_up("bob").await;
    let ann = app.signed_up("ann").await;
    let input =
        json!({ "username": "BOB", "email": "BOB@example.org", "currentPassword": PASSWORD });

    let reply = ann.update_profile(input).await;

    reply.assert_user_errors(&[
        ("USERNAME_TAKEN", &["username"]),
        ("EMAIL_TAKEN", &["email"]),
    ]);
}

#[tokio::test]
async fn the_own_name_may_be_spelt_otherwise() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let input = json!({
        "username": "ANN", "email": "Ann@Example.org", "currentPassword": PASSWORD,
    });
    let reply = ann.update_profile(input).await;
    assert_eq!(reply.ok()["user"]["username"], "ANN");
    assert_eq!(reply.ok()["user"]["email"], "Ann@Example.org");
}

#[tokio::test]
async fn of_many_who_want_one_username_one_gets_it() {
    let app = TestApp::start().await;
    let mut changes = Vec::new();
    for name in ["ann", "bob", "cid", "dee", "eve"] {
        let user = app.signed_up(name).await;
        changes.push(tokio::spawn(async move {
            user.update_profile(json!({ "username": "zed" })).await
        }));
    }

    assert_eq!(winners(changes, "USERNAME_TAKEN", &["username"]).await, 1);
}

#[tokio::test]
async fn of_many_who_want_one_address_one_gets_it() {
    let app = TestApp::with(|config| config.accounts.email_verification = Off).await;
    let mut changes = Vec::new();
    for name in ["ann", "bob", "cid", "dee", "eve"] {
        let user = app.signed_up(name).await;
        let input = json!({ "email": "zed@example.org", "currentPassword": PASSWORD });
        changes.push(tokio::spawn(
            async move { user.update_profile(input).await },
        ));
    }

    assert_eq!(winners(changes, "EMAIL_TAKEN", &["email"]).await, 1);
}

#[tokio::test]
async fn plain_http_pictures_are_for_development() {
    let variables = [
        ("GATEHOUSE_PROFILE", "production"),
        ("GATEHOUSE_INTROSPECTION", "on"),
    ];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    let ann = app.signed_up("ann").await;
    let reply = ann
        .update_profile(json!({ "avatarUrl": "http://img.example/a.png" }))
        .await;
    reply.assert_user_error("AVATAR_URL_INVALID", &["avatarUrl"]);
}

#[tokio::test]
async fn it_needs_a_sign_in() {
    let app = TestApp::start().await;
    app.anonymous()
        .update_profile(json!({ "name": "Ann" }))
        .await
        .assert_error("UNAUTHENTICATED");
}

#[tokio::test]
async fn changes_of_one_profile_are_limited_from_wherever_they_come() {
    let app = TestApp::with_settings(&[("GATEHOUSE_LIMIT_PROFILE", "20/10m")], |_| {}).await;
    let ann = app.signed_up("ann").await;
    let name = |n: usize| json!({ "name": format!("Ann {n}") });
    for n in 0..20 {
        ann.update_profile(name(n)).await.ok();
        // What changes nothing costs nothing.
        ann.update_profile(name(n)).await.ok();
    }
    for address in ["127.0.0.1", "127.0.0.9"] {
        let elsewhere = ann.at_local_address(address);
        let refused = elsewhere.update_profile(name(20)).await;
        refused.assert_error("RATE_LIMITED");
        assert_eq!(refused.at("/errors/0/extensions/retryAfter"), 30);
    }
    let bob = app.signed_up("bob").await;
    bob.update_profile(name(1)).await.ok();
    app.advance(TimeDelta::seconds(30));
    ann.update_profile(name(20)).await.ok();
}

#[tokio::test]
async fn a_name_that_cannot_be_shown_is_invalid() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for name in ["\u{200b}", "\u{3164}", "Ann\nLee", "\u{202e}nnA", "a\0"] {
        let reply = ann.update_profile(json!({ "name": name })).await;
        reply.assert_user_error("NAME_INVALID", &["name"]);
    }
}
