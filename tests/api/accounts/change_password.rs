//! `changePassword`

use serde_json::json;

use crate::support::{PASSWORD, SignedUp, TestApp};

const NEW: &str = "seven teapots hum at dawn";

#[tokio::test]
async fn only_the_new_password_works_afterwards() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;

    let reply = ann.change_password(PASSWORD, NEW).await;

    assert_eq!(
        reply.ok()["user"]["passwordChangedAt"],
        "2027-01-15T08:00:00.000Z"
    );
    app.anonymous()
        .login("ann", PASSWORD)
        .await
        .assert_user_error("INVALID_CREDENTIALS", &[]);
    app.anonymous().login("ann", NEW).await.ok();
}

#[tokio::test]
async fn credentials_from_before_no_longer_work() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;

    let reply = ann.change_password(PASSWORD, NEW).await;

    assert_eq!(reply.ok()["revokedSessionCount"], 1);
    let replaced = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(replaced.is_signed_in().await);
    assert_ne!(replaced.session_id, ann.session_id);
    for old in [&ann, &phone] {
        assert!(!old.is_signed_in().await);
        let refreshed = app.anonymous().refresh_session(&old.refresh_token).await;
        refreshed.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    }
}

#[tokio::test]
async fn other_sessions_continue_on_request() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;
    let input =
        json!({ "currentPassword": PASSWORD, "newPassword": NEW, "revokeOtherSessions": false });

    let reply = ann.change_password_with(input).await;

    assert_eq!(reply.ok()["revokedSessionCount"], 0);
    assert!(phone.is_signed_in().await);
    assert!(!ann.is_signed_in().await);
}

#[tokio::test]
async fn a_wrong_current_password_changes_nothing() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;

    let reply = ann.change_password("not it", NEW).await;

    reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
    assert!(ann.is_signed_in().await);
    app.anonymous().login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn both_passwords_are_judged_at_once() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.change_password("not it", "short").await;
    reply.assert_user_errors(&[
        ("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]),
        ("PASSWORD_TOO_SHORT", &["newPassword"]),
    ]);
}

#[tokio::test]
async fn a_new_password_meets_the_policy() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for (password, code) in [
        (PASSWORD, "PASSWORD_UNCHANGED"),
        ("short", "PASSWORD_TOO_SHORT"),
        (&*"x".repeat(129), "PASSWORD_TOO_LONG"),
        ("line\nbreak in it", "PASSWORD_INVALID"),
        ("1q2w3e4r5t", "PASSWORD_COMPROMISED"),
        ("ann@example.org", "PASSWORD_TOO_WEAK"),
    ] {
        ann.change_password(PASSWORD, password)
            .await
            .assert_user_error(code, &["newPassword"]);
    }
}

#[tokio::test]
async fn whether_it_is_unchanged_is_not_revealed_without_the_current_password() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let reply = ann.change_password(NEW, NEW).await;
    reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
}

#[tokio::test]
async fn it_needs_a_sign_in() {
    let app = TestApp::start().await;
    app.anonymous()
        .change_password(PASSWORD, NEW)
        .await
        .assert_error("UNAUTHENTICATED");
}

#[tokio::test]
async fn of_many_changes_at_once_one_wins() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    // Four losers: a fifth wrong password would start a wait, in which the login below is rejected.
    let changes = (0..5).map(|n| {
        let ann = ann.clone();
        tokio::spawn(async move {
            let new = format!("{NEW} number {n}");
            (ann.change_password(PASSWORD, &new).await, new)
        })
    });

    let mut winners = Vec::new();
    for change in changes.collect::<Vec<_>>() {
        let (reply, new) = change.await.unwrap();
        if reply.at("/errors").is_array() {
            reply.assert_error("UNAUTHENTICATED");
        } else if reply.payload()["userErrors"] == json!([]) {
            winners.push(new);
        } else {
            reply.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
        }
    }

    assert_eq!(winners.len(), 1);
    app.anonymous().login("ann", &winners[0]).await.ok();
    let events = app.anonymous().login("ann", &winners[0]).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &events);
    let changed = ann
        .event_types()
        .await
        .into_iter()
        .filter(|kind| kind == "PASSWORD_CHANGED");
    assert_eq!(changed.count(), 1);
}

#[tokio::test]
async fn logins_that_store_the_password_anew_do_not_make_it_a_wrong_one() {
    let app = TestApp::start().await;
    for round in 0..4 {
        let name = format!("ann{round}");
        let ann = app.signed_up(&name).await;
        let raised = app
            .second_instance_with(|config| config.passwords.bcrypt_cost = 5)
            .await;
        let logins: Vec<_> = (0..3)
            .map(|_| {
                let (client, name) = (raised.anonymous(), name.clone());
                tokio::spawn(async move { client.login(&name, PASSWORD).await })
            })
            .collect();

        ann.at(raised.api).change_password(PASSWORD, NEW).await.ok();

        for login in logins {
            login.await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_same_password_in_another_unicode_form_is_unchanged() {
    let app = TestApp::start().await;
    let composed = "caf\u{e9} umbrellas drift sideways";
    let input = json!({ "email": "ann@example.org", "password": composed });
    let reply = app.anonymous().register(input).await;
    let ann = SignedUp::from_reply(&app.anonymous(), &reply);
    let reply = ann
        .change_password(composed, "cafe\u{301} umbrellas drift sideways")
        .await;
    reply.assert_user_error("PASSWORD_UNCHANGED", &["newPassword"]);
}
