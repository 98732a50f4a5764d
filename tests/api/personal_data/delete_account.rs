//! `deleteAccount` and `accountDeletion`

use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn the_deletion_is_scheduled_and_every_session_ends() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;

    let reply = ann.delete_account(PASSWORD, "ANN@example.ORG ").await;

    let deletion = reply.ok()["deletion"].clone();
    assert_eq!(deletion["status"], "PENDING");
    assert_eq!(deletion["requestedAt"], "2027-01-15T08:00:00.000Z");
    assert_eq!(deletion["scheduledFor"], "2027-01-15T09:00:00.000Z");
    assert_eq!(deletion["completedAt"], json!(null));
    assert!(!ann.is_signed_in().await && !phone.is_signed_in().await);
    let receipt = deletion["receipt"].as_str().unwrap();
    assert!(receipt.len() >= 43, "256 bits: {receipt}");
    let asked = app.anonymous().account_deletion(receipt).await;
    assert_eq!(asked.ok(), &deletion);
}

#[tokio::test]
async fn both_fields_are_judged_at_once_and_nothing_is_changed() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    for confirmation in ["", "ann", "bob@example.org", "ann@example.org.", "\0"] {
        let reply = ann.delete_account(PASSWORD, confirmation).await;
        reply.assert_user_error("CONFIRMATION_MISMATCH", &["confirmation"]);
    }
    let wrong = ann.delete_account("not it", &ann.email).await;
    wrong.assert_user_error("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]);
    ann.delete_account("", "").await.assert_user_errors(&[
        ("CURRENT_PASSWORD_INCORRECT", &["currentPassword"]),
        ("CONFIRMATION_MISMATCH", &["confirmation"]),
    ]);
    let nothing = json!({ "confirmation": "bob@example.org" });
    ann.delete_account_with(nothing).await.assert_user_errors(&[
        ("CURRENT_PASSWORD_REQUIRED", &["currentPassword"]),
        ("CONFIRMATION_MISMATCH", &["confirmation"]),
    ]);
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn it_needs_a_sign_in() {
    let app = TestApp::start().await;
    app.anonymous()
        .delete_account(PASSWORD, "a@example.org")
        .await
        .assert_error("UNAUTHENTICATED");
}

#[tokio::test]
async fn an_address_whose_deletion_is_pending_is_taken() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.delete_account(PASSWORD, &ann.email).await.ok();
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    app.anonymous()
        .register(input)
        .await
        .assert_user_error("EMAIL_TAKEN", &["email"]);
}

#[tokio::test]
async fn a_receipt_that_was_never_given_is_nothing() {
    let app = TestApp::start().await;
    for receipt in ["", "x", "\0", &*"A".repeat(43), &*"A".repeat(5_000)] {
        let reply = app.anonymous().account_deletion(receipt).await;
        assert_eq!(reply.ok(), &json!(null), "{receipt:?}");
    }
}

#[tokio::test]
async fn of_many_requests_at_once_one_is_scheduled() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let requests = (0..6).map(|_| {
        let ann = ann.clone();
        tokio::spawn(async move { ann.delete_account(PASSWORD, &ann.email).await })
    });

    let mut scheduled = 0;
    for request in requests.collect::<Vec<_>>() {
        let reply = request.await.unwrap();
        if reply.at("/errors").is_array() {
            reply.assert_error("UNAUTHENTICATED");
        } else {
            reply.ok();
            scheduled += 1;
        }
    }

    assert_eq!(scheduled, 1);
}

#[tokio::test]
async fn an_update_racing_a_deletion_completes_before_it_or_is_rejected() {
    let app = TestApp::start().await;
    for round in 0..5 {
        let ann = app.signed_up(&format!("ann{round}")).await;
        let updating = ann.clone();
        let update =
            tokio::spawn(async move { updating.update_profile(json!({ "name": "Ann" })).await });

        ann.delete_account(PASSWORD, &ann.email).await.ok();

        let reply = update.await.unwrap();
        if reply.at("/errors").is_array() {
            reply.assert_error("UNAUTHENTICATED");
        } else {
            assert_eq!(reply.ok()["user"]["name"], "Ann");
        }
        ann.update_profile(json!({ "name": "Late" }))
            .await
            .assert_error("UNAUTHENTICATED");
    }
}
