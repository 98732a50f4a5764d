//! `cancelAccountDeletion`

use chrono::TimeDelta;

use crate::support::{PASSWORD, TestApp};

/// Asks for Ann's account to be deleted; gives the token of the link that keeps it, and the receipt.
async fn leaving(app: &TestApp) -> (String, String) {
    let ann = app.signed_up("ann").await;
    let reply = ann.delete_account(PASSWORD, "ann@example.org").await;
    let receipt = reply.text("/data/deleteAccount/deletion/receipt");
    let notice = app
        .mail("ann@example.org", "Your account will be deleted")
        .await;
    assert!(
        notice.text.contains("2027-01-15 09:00 UTC"),
        "{}",
        notice.text
    );
    (notice.token("cancel-deletion"), receipt)
}

#[tokio::test]
async fn the_link_in_the_notice_keeps_the_account() {
    let app = TestApp::start().await;
    let (token, receipt) = leaving(&app).await;
    let early = app.anonymous().login("ann", PASSWORD).await;
    early.assert_user_error("DELETION_PENDING", &[]);

    app.anonymous().cancel_account_deletion(&token).await.ok();

    let ann = app.anonymous().login("ann", PASSWORD).await;
    let ann = app
        .anonymous()
        .bearing(&ann.text("/data/login/tokens/accessToken"));
    assert!(
        ann.event_types()
            .await
            .contains(&"DELETION_CANCELLED".to_owned())
    );
    let deletion = app.anonymous().account_deletion(&receipt).await;
    assert_eq!(deletion.at("/data/accountDeletion/status"), "CANCELLED");
    app.advance(TimeDelta::hours(2));
    app.run_workers().await;
    app.anonymous().login("ann", PASSWORD).await.ok();
    let again = app.anonymous().cancel_account_deletion(&token).await;
    again.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn it_works_until_the_account_is_removed_and_then_says_that_it_is_too_late() {
    let app = TestApp::start().await;
    let (token, _) = leaving(&app).await;
    app.advance(TimeDelta::hours(5));
    // No worker has come by yet.
    app.anonymous().cancel_account_deletion(&token).await.ok();
    let ann = app.anonymous().login("ann", PASSWORD).await;
    let ann = crate::support::SignedUp::from_reply(&app.anonymous(), &ann);
    ann.delete_account(PASSWORD, "ann@example.org").await.ok();
    let second = app
        .mail("ann@example.org", "Your account will be deleted")
        .await
        .token("cancel-deletion");
    app.advance(TimeDelta::hours(5));
    app.run_workers().await;

    let late = app.anonymous().cancel_account_deletion(&second).await;

    late.assert_user_error("TOKEN_EXPIRED", &["token"]);
}

#[tokio::test]
async fn of_the_worker_and_the_owner_one_is_first_and_nothing_is_half_done() {
    for _ in 0..5 {
        let app = TestApp::start().await;
        let other = app.second_instance().await;
        let (token, receipt) = leaving(&app).await;
        app.advance(TimeDelta::hours(1));
        let client = other.anonymous();
        let cancelling = tokio::spawn(async move { client.cancel_account_deletion(&token).await });
        app.run_workers().await;

        let cancelled = cancelling.await.unwrap();

        let deletion = app.anonymous().account_deletion(&receipt).await;
        let login = app.anonymous().login("ann", PASSWORD).await;
        if deletion.at("/data/accountDeletion/status") == "CANCELLED" {
            cancelled.ok();
            login.ok();
        } else {
            cancelled.assert_user_error("TOKEN_EXPIRED", &["token"]);
            login.assert_user_error("INVALID_CREDENTIALS", &[]);
        }
    }
}

#[tokio::test]
async fn what_is_no_link_of_ours_keeps_nothing() {
    let app = TestApp::start().await;
    let (_, receipt) = leaving(&app).await;
    for token in ["", "nonsense", &receipt, &"x".repeat(5000)] {
        let reply = app.anonymous().cancel_account_deletion(token).await;
        reply.assert_user_error("TOKEN_INVALID", &["token"]);
    }
}
