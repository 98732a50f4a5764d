//! Accounts under attack: strangers wait, known devices and networks do not.

use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Reply, SignedUp, TestApp};

const NEW: &str = "seven teapots hum at dawn";
/// The owner's network.
const HOME: &str = "198.51.100.1";
/// A network that no test signs in from before.
const ELSEWHERE: &str = "203.0.113.7";

/// An application behind a proxy that reports the clients' addresses.
async fn behind_a_proxy() -> TestApp {
    TestApp::with_settings(&[("GATEHOUSE_TRUSTED_PROXIES", "127.0.0.0/8")], |_| {}).await
}

fn at(app: &TestApp, address: &str) -> Client {
    app.anonymous().forwarded_for(address)
}

/// Returns a user who has registered at home.
async fn signed_up(app: &TestApp, name: &str) -> SignedUp {
    let input =
        json!({ "email": format!("{name}@example.org"), "username": name, "password": PASSWORD });
    let client = at(app, HOME);
    let reply = client.register(input).await;
    SignedUp::from_reply(&client, &reply)
}

/// A sign-in at `address` on the device of `owner`.
async fn on_device(
    app: &TestApp,
    address: &str,
    owner: &SignedUp,
    (identifier, password): (&str, &str),
) -> Reply {
    let client = at(app, address);
    client
        .login_on(&owner.device_token, identifier, password)
        .await
}

/// One wrong password from each of `networks` networks; returns code and `retryAt` of each answer.
async fn attack(app: &TestApp, identifier: &str, networks: usize) -> Vec<(String, Value)> {
    let mut answers = Vec::new();
    for n in 0..networks {
        let stranger = at(app, &format!("192.0.2.{n}"));
        answers.push(answer(&stranger.login(identifier, "not it").await));
    }
    answers
}

fn answer(reply: &Reply) -> (String, Value) {
    let error = &reply.payload()["userErrors"][0];
    let code = error["code"].as_str().unwrap_or("signed in");
    (code.to_owned(), error["retryAt"].clone())
}

fn codes(answers: &[(String, Value)]) -> Vec<&str> {
    answers.iter().map(|(code, _)| code.as_str()).collect()
}

fn in_minutes(app: &TestApp, minutes: i64) -> Value {
    let time = app.now() + TimeDelta::minutes(minutes);
    json!(time.to_rfc3339_opts(SecondsFormat::Millis, true))
}

#[tokio::test]
async fn fourteen_networks_within_a_minute_meet_the_limit_of_the_account() {
    let app = behind_a_proxy().await;
    let ann = signed_up(&app, "ann").await;

    let answers = attack(&app, "ann", 14).await;

    assert_eq!(codes(&answers[..10]), ["INVALID_CREDENTIALS"; 10]);
    assert_eq!(codes(&answers[10..]), ["ACCOUNT_LOCKED"; 4]);
    assert_eq!(answers[13].1, in_minutes(&app, 1));
    let stranger = at(&app, ELSEWHERE).login("ann", PASSWORD).await;
    stranger.assert_user_error("ACCOUNT_LOCKED", &[]);
    // The owner's device, wherever it is, and the owner's network, with whatever device.
    let device = on_device(&app, ELSEWHERE, &ann, ("ann", PASSWORD));
    device.await.ok();
    at(&app, HOME).login("ann", PASSWORD).await.ok();
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn what_names_no_account_is_closed_to_strangers_alike() {
    let app = behind_a_proxy().await;
    signed_up(&app, "ann").await;
    for minutes in [1, 2, 4, 8, 15, 15, 3, 60] {
        let known = attack(&app, "ann@example.org", 14).await;
        let unknown = attack(&app, "zoe@example.org", 14).await;
        assert_eq!(known, unknown);
        app.advance(TimeDelta::minutes(minutes));
    }
}

#[tokio::test]
async fn strangers_wait_longer_and_longer_and_the_owner_s_sign_in_does_not_end_it() {
    let app = behind_a_proxy().await;
    signed_up(&app, "ann").await;
    attack(&app, "ann", 10).await;
    for (n, minutes) in [1, 2, 4, 8, 15].into_iter().enumerate() {
        at(&app, HOME).login("ann", PASSWORD).await.ok();
        let stranger = at(&app, &format!("{ELSEWHERE}{n}"));
        let refused = stranger.login("ann", "not it").await;
        assert_eq!(answer(&refused).1, in_minutes(&app, minutes), "{n}");
        app.advance(TimeDelta::minutes(minutes));
        let failed = stranger.login("ann", "not it").await;
        failed.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
    app.advance(TimeDelta::minutes(15));
    at(&app, ELSEWHERE).login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn twenty_five_networks_of_one_56_or_one_48_are_one_network() {
    for prefix in ["2001:db8:7:ab", "2001:db8:8:"] {
        let app = behind_a_proxy().await;
        signed_up(&app, "ann").await;
        let mut answers = Vec::new();
        for n in 0..25 {
            // Of 64 bits in one /56, and each in a /56 of its own.
            let address = if prefix.ends_with(':') {
                format!("{prefix}{n:x}00::1")
            } else {
                format!("{prefix}{n:02x}::1")
            };
            for _ in 0..4 {
                let reply = at(&app, &address).login("ann", "not it").await;
                answers.push(answer(&reply));
            }
        }
        let checked = codes(&answers);
        assert_eq!(checked[..5], ["INVALID_CREDENTIALS"; 5], "{prefix}");
        assert_eq!(checked[5..], ["ACCOUNT_LOCKED"; 95], "{prefix}");
        let other = at(&app, "2001:db8:9::1").login("ann", PASSWORD).await;
        other.ok();
    }
}

#[tokio::test]
async fn a_known_device_has_a_quota_of_its_own() {
    let app = behind_a_proxy().await;
    let ann = signed_up(&app, "ann").await;
    let phone = at(&app, HOME).login("ann", PASSWORD).await;
    let phone = SignedUp::from_reply(&ann, &phone);
    assert_ne!(phone.device_token, ann.device_token);
    let thief = at(&app, ELSEWHERE);
    for n in 0..5 {
        let token = &ann.device_token;
        let reply = thief.login_on(token, "ann", &format!("wrong {n}")).await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
    for address in [ELSEWHERE, HOME, "203.0.113.99"] {
        let client = at(&app, address);
        let reply = client.login_on(&ann.device_token, "ann", PASSWORD).await;
        assert_eq!(answer(&reply).1, in_minutes(&app, 1), "{address}");
    }
    let reply = thief.login_on(&phone.device_token, "ann", PASSWORD).await;
    reply.ok();
    at(&app, HOME).login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_device_token_is_reused_by_its_account_and_worth_nothing_elsewhere() {
    let app = behind_a_proxy().await;
    let ann = signed_up(&app, "ann").await;
    let bob = signed_up(&app, "bob").await;
    let again = on_device(&app, ELSEWHERE, &ann, ("ann", PASSWORD));
    let again = again.await;
    assert_eq!(again.ok()["tokens"]["deviceToken"], ann.device_token);
    let long = "x".repeat(300);
    let made_up = "A".repeat(43);
    for token in [bob.device_token.as_str(), &made_up, &long, "", "\u{202e}"] {
        let reply = at(&app, HOME).login_on(token, "ann", PASSWORD).await;
        let given = &reply.ok()["tokens"]["deviceToken"];
        assert_eq!(given.as_str().unwrap().len(), 43);
        assert_ne!(given, token);
    }
    attack(&app, "ann", 10).await;
    for token in [bob.device_token.as_str(), &made_up, &long, ""] {
        let stranger = at(&app, "203.0.113.70");
        let reply = stranger.login_on(token, "ann", PASSWORD).await;
        reply.assert_user_error("ACCOUNT_LOCKED", &[]);
    }
    let refreshed = app.anonymous().refresh_session(&bob.refresh_token).await;
    assert_eq!(refreshed.ok()["tokens"]["deviceToken"], Value::Null);
}

#[tokio::test]
async fn a_traveler_gets_in_by_a_reset_and_stays_known_there_for_a_day() {
    let app = behind_a_proxy().await;
    let ann = signed_up(&app, "ann").await;
    attack(&app, "ann", 10).await;
    let traveler = at(&app, ELSEWHERE);
    let locked = traveler.login("ann", PASSWORD).await;
    locked.assert_user_error("ACCOUNT_LOCKED", &[]);

    traveler.request_password_reset(&ann.email).await.ok();
    let mail = app.last_mail_to(&ann.email).await;
    let token = mail.token("reset-password");
    traveler.reset_password(&token, NEW).await.ok();

    let answers = attack(&app, "ann", 11).await;
    assert_eq!(codes(&answers[..10]), ["INVALID_CREDENTIALS"; 10]);
    assert_eq!(answers[10].0, "ACCOUNT_LOCKED", "by strangers, again");
    traveler.login("ann", NEW).await.ok();
    at(&app, "203.0.113.200")
        .login("ann", NEW)
        .await
        .assert_user_error("ACCOUNT_LOCKED", &[]);
}

#[tokio::test]
async fn a_followed_verification_link_makes_its_network_known_for_a_day() {
    for (hours, is_known) in [(23, true), (25, false)] {
        let app = behind_a_proxy().await;
        let ann = signed_up(&app, "ann").await;
        let mail = app.last_mail_to(&ann.email).await;
        let token = mail.token("verify-email");
        at(&app, ELSEWHERE).verify_email(&token).await.ok();
        app.advance(TimeDelta::hours(hours));
        attack(&app, "ann", 10).await;
        let reply = at(&app, ELSEWHERE).login("ann", PASSWORD).await;
        let expected = if is_known {
            "signed in"
        } else {
            "ACCOUNT_LOCKED"
        };
        assert_eq!(answer(&reply).0, expected, "{hours}");
    }
}

#[tokio::test]
async fn a_network_is_known_for_ninety_days_and_a_device_for_a_year() {
    let app = behind_a_proxy().await;
    let ann = signed_up(&app, "ann").await;
    app.advance(TimeDelta::days(89));
    attack(&app, "ann", 10).await;
    at(&app, HOME).login("ann", PASSWORD).await.ok();
    app.advance(TimeDelta::days(91));
    app.run_workers().await;
    attack(&app, "ann", 10).await;
    let reply = at(&app, HOME).login("ann", PASSWORD).await;
    reply.assert_user_error("ACCOUNT_LOCKED", &[]);
    let device = on_device(&app, HOME, &ann, ("ann", PASSWORD));
    device.await.ok();
    app.advance(TimeDelta::days(366));
    app.run_workers().await;
    attack(&app, "ann", 10).await;
    let device = on_device(&app, HOME, &ann, ("ann", PASSWORD));
    let reply = device.await;
    reply.assert_user_error("ACCOUNT_LOCKED", &[]);
}

#[tokio::test]
async fn strangers_never_disable_a_password_however_long_they_try() {
    let app = behind_a_proxy().await;
    let ann = signed_up(&app, "ann").await;
    // Slowly enough that no hour has ten.
    for n in 0..100 {
        let stranger = at(&app, &format!("192.0.2.{n}"));
        let reply = stranger.login("ann", "not it").await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        app.advance(TimeDelta::minutes(7));
    }
    app.advance(-TimeDelta::minutes(7));

    let closed = at(&app, ELSEWHERE).login("ann", PASSWORD).await;

    closed.assert_user_error("ACCOUNT_LOCKED", &[]);
    assert_eq!(answer(&closed).1, in_minutes(&app, 1));
    at(&app, HOME).login("ann", PASSWORD).await.ok();
    let device = on_device(&app, ELSEWHERE, &ann, ("ann", PASSWORD));
    device.await.ok();
    app.advance(TimeDelta::minutes(1));
    at(&app, "203.0.113.8").login("ann", PASSWORD).await.ok();
    app.anonymous()
        .refresh_session(&ann.refresh_token)
        .await
        .ok();
}

#[tokio::test]
async fn the_owner_is_emailed_once_a_day_and_an_unknown_name_costs_the_same() {
    let app = behind_a_proxy().await;
    let ann = signed_up(&app, "ann").await;
    let subject = "Repeated failed sign-ins to your account";
    let mut counts = Vec::new();
    for hours in [1, 22, 1, 1] {
        let before = app.statements().await;
        attack(&app, "zoe", 10).await;
        let unknown = app.statements().await - before;
        let before = app.statements().await;
        attack(&app, "ann", 10).await;
        let known = app.statements().await - before;
        // The history of the account: ten failures, and that the last one locks it.
        assert!(known - unknown <= 11, "{known} {unknown}");
        let mut mails = app.mails_to(&ann.email).await;
        mails.retain(|mail| mail.subject == subject);
        counts.push(mails.len());
        app.advance(TimeDelta::hours(hours));
    }
    assert_eq!(counts, [1, 1, 1, 2]);
}

#[tokio::test]
async fn twenty_networks_at_once_on_two_instances_are_checked_ten_times() {
    let app = behind_a_proxy().await;
    signed_up(&app, "ann").await;
    let other = app.second_instance().await;
    for identifier in ["ann", "zoe"] {
        let tries: Vec<_> = (0..20)
            .map(|n| {
                let instance = if n % 2 == 0 { &app } else { &other };
                let client = at(instance, &format!("192.0.2.{n}"));
                tokio::spawn(async move { client.login(identifier, "not it").await })
            })
            .collect();
        let mut checked = 0;
        for reply in tries {
            let reply = reply.await.unwrap();
            checked += usize::from(answer(&reply).0 == "INVALID_CREDENTIALS");
        }
        assert_eq!(checked, 10, "{identifier}");
    }
    let reply = at(&other, ELSEWHERE).login("ann", PASSWORD).await;
    reply.assert_user_error("ACCOUNT_LOCKED", &[]);
    at(&other, HOME).login("ann", PASSWORD).await.ok();
}

#[tokio::test]
async fn no_wait_outlasts_a_clock_that_is_set_back() {
    let app = behind_a_proxy().await;
    signed_up(&app, "ann").await;
    app.advance(TimeDelta::days(7));
    attack(&app, "ann", 10).await;
    let neighbor = at(&app, "203.0.113.9");
    for _ in 0..5 {
        neighbor.login("zoe", "not it").await;
    }
    let locked = neighbor.login("zoe", PASSWORD).await;
    locked.assert_user_error("ACCOUNT_LOCKED", &[]);
    app.advance(-TimeDelta::days(7));
    at(&app, ELSEWHERE).login("ann", PASSWORD).await.ok();
    let reply = neighbor.login("zoe", "not it").await;
    reply.assert_user_error("INVALID_CREDENTIALS", &[]);
}

#[tokio::test]
async fn securing_the_account_forgets_the_devices_and_networks_of_before() {
    let app = behind_a_proxy().await;
    let ann = signed_up(&app, "ann").await;
    let input = json!({ "username": "anna" });
    ann.update_profile(input).await.ok();
    let notice = app.mail(&ann.email, "Your username was changed").await;
    let token = notice.token("secure-account");
    at(&app, ELSEWHERE).secure_account(&token).await.ok();
    let mail = app.last_mail_to(&ann.email).await;
    let token = mail.token("reset-password");
    at(&app, ELSEWHERE).reset_password(&token, NEW).await.ok();
    attack(&app, "anna", 10).await;
    let device = on_device(&app, HOME, &ann, ("anna", NEW));
    let reply = device.await;
    reply.assert_user_error("ACCOUNT_LOCKED", &[]);
    at(&app, ELSEWHERE).login("anna", NEW).await.ok();
}

#[tokio::test]
async fn a_reset_keeps_known_devices_only_if_the_address_had_been_verified() {
    for is_verified in [true, false] {
        let app = behind_a_proxy().await;
        let ann = signed_up(&app, "ann").await;
        if is_verified {
            ann.verify_address(&app).await;
        }
        at(&app, ELSEWHERE)
            .request_password_reset(&ann.email)
            .await
            .ok();
        let mail = app.mail(&ann.email, "Choose a new password").await;
        let token = mail.token("reset-password");
        at(&app, ELSEWHERE).reset_password(&token, NEW).await.ok();
        attack(&app, "ann", 10).await;
        let client = at(&app, "203.0.113.44");
        let reply = client.login_on(&ann.device_token, "ann", NEW).await;
        let expected = if is_verified {
            "signed in"
        } else {
            "ACCOUNT_LOCKED"
        };
        assert_eq!(answer(&reply).0, expected);
    }
}
