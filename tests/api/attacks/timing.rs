//! What an answer's time tells: medians of interleaved samples.
//!
//! A machine that is busy with other things makes single samples useless and a median of few doubtful. So every
//! kind of sample is taken in every round, and where the medians differ more are taken: what is noise evens out,
//! and what an attacker could use stays. What can be counted exactly (hashes, statements) is counted, too.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures_util::future::join3;
use gatehouse::config::Config;
use gatehouse::config::EmailVerification::Required;
use serde_json::json;

use crate::support::{PASSWORD, Reply, TestApp};

/// High enough that a hash takes longer than everything else together.
fn costly(config: &mut Config) {
    config.passwords.bcrypt_cost = 9;
}

/// Takes `rounds` samples of each kind, and more as long as the slowest median is not within half of the
/// fastest.
async fn assert_alike<const KINDS: usize>(
    rounds: usize,
    mut sample: impl AsyncFnMut(usize) -> Reply,
) {
    let mut samples = [(); KINDS].map(|()| Vec::new());
    let mut seen = Vec::new();
    for _ in 0..5 {
        for n in 0..rounds * KINDS {
            // In another order in each round.
            let kind = (n + n / KINDS) % KINDS;
            let started_at = Instant::now();
            let reply = sample(kind).await;
            samples[kind].push(started_at.elapsed());
            assert!(reply.status.is_success(), "{:#}", reply.body);
        }
        let medians = samples.each_mut().map(|times| median(times));
        let (fastest, slowest) = (medians.iter().min(), medians.iter().max());
        if slowest.unwrap().as_secs_f64() <= 1.5 * fastest.unwrap().as_secs_f64() {
            return;
        }
        seen.push(medians);
    }
    panic!("the medians differ, however many samples are taken: {seen:?}");
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// What one request costs: hashes, and statements to the database.
async fn cost(app: &TestApp, request: impl Future<Output = Reply>) -> (u64, u64) {
    let before = (app.hashes().await, app.statements().await);
    request.await;
    let after = (app.hashes().await, app.statements().await);
    (after.0 - before.0, after.1 - before.1)
}

/// Ann; Bob, who is being deleted; Cid, whose password is off; and Zoe, who has no account.
async fn people(app: &TestApp) -> [&'static str; 4] {
    app.signed_up("ann").await;
    let bob = app.signed_up("bob").await;
    bob.delete_account(PASSWORD, &bob.email).await.ok();
    let cid = app.signed_up("cid").await;
    cid.update_profile(json!({ "username": "cidney" }))
        .await
        .ok();
    let notice = app.mail(&cid.email, "Your username was changed").await;
    let token = notice.token("secure-account");
    app.anonymous().secure_account(&token).await.ok();
    ["ann", "bob", "cid", "zoe"]
}

#[tokio::test]
async fn a_sign_in_takes_as_long_whether_or_not_there_is_such_an_account() {
    let app = TestApp::with(costly).await;
    let names = people(&app).await;
    let nobody = app.anonymous();
    let mut statements = Vec::new();
    for name in names {
        let email = format!("{name}@example.org");
        let (hashes, sent) = cost(&app, nobody.login(&email, "not it")).await;
        assert_eq!(hashes, 1, "{name}");
        statements.push(sent);
    }
    let most = statements.iter().max().unwrap() - statements.iter().min().unwrap();
    assert!(
        most <= 1,
        "one line in the history of an account: {statements:?}"
    );

    assert_alike::<4>(15, async |kind| {
        // Past every wait, so that each try is checked.
        app.advance(TimeDelta::minutes(16));
        let email = format!("{}@example.org", names[kind]);
        let reply = nobody.login(&email, "not it").await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        reply
    })
    .await;
}

#[tokio::test]
async fn in_a_crowd_whose_hashes_are_computed_together_each_takes_as_long() {
    let app = TestApp::with(|config| {
        costly(config);
        config.passwords.threads = 1;
    })
    .await;
    let names = people(&app).await;
    // Three more at every moment, so that batches form.
    let nobody = app.anonymous();
    let crowd = async |number: usize| {
        for n in 0.. {
            // Each time another one, whom nobody locks out.
            let email = format!("crowd{number}-{n}@example.org");
            nobody.login(&email, "not it").await;
        }
    };
    let samples = assert_alike::<4>(15, async |kind| {
        app.advance(TimeDelta::minutes(16));
        let email = format!("{}@example.org", names[kind]);
        let reply = nobody.login(&email, "not it").await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        reply
    });
    tokio::select! {
        () = samples => {}
        _ = join3(crowd(1), crowd(2), crowd(3)) => unreachable!(),
    }
    let alone = app.metric("hash_batch_size_bucket{le=\"1.0\"}").await;
    let all = app.metric("hash_batch_size_count").await;
    assert!(alone * 2 < all, "{alone} of {all} batches were no batches");
}

#[tokio::test]
async fn a_lockout_takes_the_same_time_with_and_without_an_account() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let nobody = app.anonymous();
    let emails = ["ann@example.org", "zoe@example.org"];
    for email in emails {
        for _ in 0..5 {
            nobody.login(email, "not it").await;
        }
    }
    let costs = [
        cost(&app, nobody.login(emails[0], PASSWORD)).await,
        cost(&app, nobody.login(emails[1], PASSWORD)).await,
    ];
    assert_eq!(costs[0], costs[1]);
    assert_eq!(costs[0].0, 0, "nothing is checked");
    assert_alike::<2>(60, async |kind| {
        let reply = nobody.login(emails[kind], PASSWORD).await;
        reply.assert_user_error("ACCOUNT_LOCKED", &[]);
        reply
    })
    .await;
}

#[tokio::test]
async fn asking_for_a_mail_takes_as_long_whether_or_not_there_is_such_an_account() {
    let app = TestApp::start().await;
    let names = people(&app).await;
    let nobody = app.anonymous();
    let mut costs = Vec::new();
    for name in names {
        let email = format!("{name}@example.org");
        let input = json!({ "email": email });
        costs.push((
            cost(&app, nobody.request_password_reset(&email)).await,
            cost(&app, nobody.request_email_verification(input)).await,
        ));
    }
    assert!(costs.iter().all(|it| *it == costs[0]), "{costs:?}");
    assert_alike::<4>(40, async |kind| {
        let email = format!("{}@example.org", names[kind]);
        let reply = nobody.request_password_reset(&email).await;
        reply.ok();
        reply
    })
    .await;
}

#[tokio::test]
async fn registering_a_taken_address_takes_the_same_time_if_that_is_not_revealed() {
    let app = TestApp::with(|config| {
        costly(config);
        config.accounts.email_verification = Required;
    })
    .await;
    let nobody = app.anonymous();
    let input = |email: &str| json!({ "email": email, "password": PASSWORD });
    let free = cost(&app, nobody.register(input("ann@example.org"))).await;
    let taken = cost(&app, nobody.register(input("ann@example.org"))).await;
    assert_eq!(free.0, taken.0, "hashes");
    assert!(free.1.abs_diff(taken.1) <= 1, "{free:?} {taken:?}");

    let mut n = 0;
    assert_alike::<2>(15, async |kind| {
        n += 1;
        let email = ["ann@example.org".to_owned(), format!("free{n}@example.org")];
        let reply = nobody.register(input(&email[kind])).await;
        assert_eq!(reply.ok()["verificationRequired"], true);
        reply
    })
    .await;
}

#[tokio::test]
async fn an_expired_token_is_rejected_as_fast_as_an_invalid_one() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let mail = app.last_mail_to(&ann.email).await;
    let used = mail.token("verify-email");
    app.anonymous().verify_email(&used).await.ok();
    let first = if used.starts_with('A') { 'B' } else { 'A' };
    let tokens = [used.clone(), format!("{first}{}", &used[1..])];
    let nobody = app.anonymous();
    let costs = [
        cost(&app, nobody.verify_email(&tokens[0])).await,
        cost(&app, nobody.verify_email(&tokens[1])).await,
    ];
    assert_eq!(costs[0], costs[1]);
    assert_alike::<2>(60, async |kind| {
        let reply = nobody.verify_email(&tokens[kind]).await;
        reply.assert_user_error("TOKEN_INVALID", &["token"]);
        reply
    })
    .await;
}

#[tokio::test]
async fn a_made_up_refresh_token_does_not_tell_whether_its_session_exists() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let bob = app.signed_up("bob").await;
    bob.logout().await.ok();
    let cid = app.signed_up("cid").await;
    let elsewhere = TestApp::start().await.signed_up("zoe").await;
    // The session of one token with the secret of another: of one that stands, of one that has ended, of none.
    let of = |session: &str| format!("{}{}", &session[..30], &cid.refresh_token[30..]);
    let tokens = [&ann, &bob, &elsewhere].map(|it| of(&it.refresh_token));
    let nobody = app.anonymous();
    let mut costs = Vec::new();
    for token in &tokens {
        costs.push(cost(&app, nobody.refresh_session(token)).await);
    }
    assert!(costs.iter().all(|it| *it == costs[0]), "{costs:?}");
    assert_alike::<3>(60, async |kind| {
        let reply = nobody.refresh_session(&tokens[kind]).await;
        reply.assert_user_error("TOKEN_INVALID", &["refreshToken"]);
        reply
    })
    .await;
}
