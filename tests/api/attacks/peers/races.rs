//! The same thing many times at once, over two instances.

use chrono::TimeDelta;

use crate::support::{Client, PASSWORD, Reply, SignedUp, TestApp, winners};

/// `times` attempts at once, every other one on another instance.
async fn at_once<F>(app: &TestApp, times: usize, attempt: impl Fn(Client) -> F) -> Vec<Reply>
where
    F: Future<Output = Reply> + Send + 'static,
{
    let other = app.second_instance().await;
    let tasks: Vec<_> = (0..times)
        .map(|n| {
            let api = if n % 2 == 0 { app.api } else { other.api };
            tokio::spawn(attempt(Client::new(api)))
        })
        .collect();
    let mut replies = Vec::new();
    for task in tasks {
        replies.push(task.await.unwrap());
    }
    replies
}

#[tokio::test]
async fn fifty_replays_of_a_used_refresh_token_win_nothing_and_end_its_session_once() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let phone = ann.login_again().await;
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    let newest = SignedUp::from_reply(&app.anonymous(), &reply);
    assert!(newest.is_signed_in().await);
    app.advance(TimeDelta::seconds(31));

    let replies = at_once(&app, 50, |client| {
        let token = ann.refresh_token.clone();
        async move { client.refresh_session(&token).await }
    })
    .await;

    for reply in &replies {
        reply.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    }
    assert!(!newest.is_signed_in().await);
    let events = phone.event_types().await;
    let reused = events.iter().filter(|kind| *kind == "REFRESH_TOKEN_REUSED");
    assert_eq!(reused.count(), 1, "{events:?}");
    let mails = app.mails_to("ann@example.org").await;
    let subject = "A session was ended for your security";
    let notices = mails.iter().filter(|mail| mail.subject == subject);
    assert_eq!(notices.count(), 1);
}

#[tokio::test]
async fn a_link_that_secures_or_keeps_the_account_works_once_however_many_use_it_together() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    ann.delete_account(PASSWORD, &ann.email).await.ok();
    let subject = "Your account will be deleted";
    let token = app.mail(&ann.email, subject).await.token("cancel-deletion");
    let replies = at_once(&app, 20, |client| {
        let token = token.clone();
        async move { client.cancel_account_deletion(&token).await }
    })
    .await;
    assert_eq!(won(replies).await, 1);

    let bob = app.signed_up("bob").await;
    bob.change_password(PASSWORD, "seven teapots hum at dawn")
        .await
        .ok();
    let notice = app.mail(&bob.email, "Your password was changed").await;
    let token = notice.token("secure-account");
    let replies = at_once(&app, 20, |client| {
        let token = token.clone();
        async move { client.secure_account(&token).await }
    })
    .await;
    assert_eq!(won(replies).await, 1);
}

async fn won(replies: Vec<Reply>) -> usize {
    let tasks = replies
        .into_iter()
        .map(|it| tokio::spawn(async move { it }));
    winners(tasks, "TOKEN_INVALID", &["token"]).await
}
