//! `register`

use gatehouse::config::EmailVerification;
use serde_json::{Value, json};

use crate::support::{PASSWORD, SignedUp, TestApp, winners};

#[tokio::test]
async fn a_new_account_is_signed_in_at_once() {
    let app = TestApp::start().await;
    let input = json!({
        "email": "Ann@Example.org", "username": "Ann", "password": PASSWORD, "name": " Ann Lee ",
        "locale": "pt-br",
    });

    let reply = app.anonymous().register(input).await;

    let payload = reply.ok();
    assert_eq!(payload["user"]["email"], "Ann@Example.org");
    assert_eq!(payload["user"]["username"], "Ann");
    assert_eq!(payload["user"]["name"], "Ann Lee");
    assert_eq!(payload["user"]["locale"], "pt-BR");
    assert_eq!(payload["user"]["createdAt"], "2027-01-15T08:00:00.000Z");
    assert_eq!(payload["user"]["lastLoginAt"], json!(null));
    assert_eq!(payload["session"]["current"], true);
    assert_eq!(payload["session"]["deviceName"], "Firefox on Linux");
    assert_eq!(payload["session"]["ipAddress"], "127.0.0.1");
    assert_eq!(
        payload["tokens"]["accessTokenExpiresAt"],
        "2027-01-15T08:15:00.000Z"
    );
    assert_eq!(
        payload["tokens"]["refreshTokenExpiresAt"],
        "2027-02-14T08:00:00.000Z"
    );
    assert_eq!(payload["verificationRequired"], false);
    let token = payload["tokens"]["accessToken"].as_str().unwrap();
    let me = app.anonymous().bearing(token).me().await;
    assert_eq!(me.at("/data/me/id"), &payload["user"]["id"]);
}

#[tokio::test]
async fn a_session_ends_when_its_client_registers_another_account() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let elsewhere = ann.login_again().await;
    let input = |email: &str| json!({ "email": email, "password": PASSWORD });
    let taken = ann.register(input("ann@example.org")).await;
    taken.assert_user_error("EMAIL_TAKEN", &["email"]);
    assert!(ann.is_signed_in().await, "not before it succeeds");

    let bob = SignedUp::from_reply(&ann, &ann.register(input("bob@example.org")).await);

    assert!(!ann.is_signed_in().await);
    let reply = app.anonymous().refresh_session(&ann.refresh_token).await;
    reply.assert_user_error("SESSION_REVOKED", &["refreshToken"]);
    assert!(bob.is_signed_in().await && elsewhere.is_signed_in().await);
    assert_eq!(elsewhere.event_types().await[0], "LOGGED_OUT");
}

#[tokio::test]
async fn a_registration_that_signs_nobody_in_ends_no_session() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let strict = app
        .second_instance_with(|config| {
            config.accounts.email_verification = EmailVerification::Required;
        })
        .await;
    let input = json!({ "email": "bob@example.org", "password": PASSWORD });

    let reply = strict
        .anonymous()
        .bearing(&ann.access_token)
        .register(input)
        .await;

    assert_eq!(reply.ok()["verificationRequired"], true);
    assert!(ann.is_signed_in().await);
}

#[tokio::test]
async fn a_username_and_a_name_can_be_left_out() {
    let app = TestApp::start().await;
    let reply = app
        .anonymous()
        .register(json!({ "email": "ann@example.org", "password": PASSWORD }))
        .await;
    assert_eq!(reply.ok()["user"]["username"], json!(null));
}

#[tokio::test]
async fn all_user_errors_are_returned_at_once() {
    let app = TestApp::start().await;
    let input = json!({
        "email": "ann", "username": "a@b", "password": "short", "name": "x".repeat(129),
    });

    let reply = app.anonymous().register(input).await;

    reply.assert_user_errors(&[
        ("EMAIL_INVALID", &["email"]),
        ("USERNAME_INVALID", &["username"]),
        ("PASSWORD_TOO_SHORT", &["password"]),
        ("NAME_TOO_LONG", &["name"]),
    ]);
}

#[tokio::test]
async fn a_password_has_one_problem_at_a_time() {
    let app = TestApp::start().await;
    for (password, code) in [
        ("\0", "PASSWORD_TOO_SHORT"),
        (&*"x".repeat(129), "PASSWORD_TOO_LONG"),
        ("with\ta tab in it", "PASSWORD_INVALID"),
        ("with\0a NUL in it", "PASSWORD_INVALID"),
        ("QWERTYUIOP", "PASSWORD_COMPROMISED"),
        ("aaaabbbbcccc", "PASSWORD_TOO_WEAK"),
        ("annabel.winterbourne", "PASSWORD_TOO_WEAK"),
    ] {
        let input = json!({ "email": "annabel.winterbourne@example.org", "password": password });
        app.anonymous()
            .register(input)
            .await
            .assert_user_error(code, &["password"]);
    }
}

#[tokio::test]
async fn an_address_and_a_username_belong_to_one_account_however_they_are_spelt() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;

    let input = json!({ "email": "ANN@EXAMPLE.ORG", "username": "ＡＮＮ", "password": PASSWORD });

    app.anonymous().register(input).await.assert_user_errors(&[
        ("EMAIL_TAKEN", &["email"]),
        ("USERNAME_TAKEN", &["username"]),
    ]);
}

#[tokio::test]
async fn nobody_registers_where_registration_is_closed() {
    let app = TestApp::with(|config| config.accounts.registration_open = false).await;
    let reply = app
        .anonymous()
        .register(json!({ "email": "", "password": "" }))
        .await;
    reply.assert_user_error("REGISTRATION_CLOSED", &[]);
}

#[tokio::test]
async fn usernames_can_be_switched_off() {
    let app = TestApp::with(|config| config.accounts.usernames_enabled = false).await;
    let input = json!({ "email": "ann@example.org", "username": "ann", "password": PASSWORD });
    app.anonymous()
        .register(input)
        .await
        .assert_user_error("USERNAME_INVALID", &["username"]);
}

#[tokio::test]
async fn fifty_registrations_of_one_address_over_two_instances_make_one_account() {
    let app = TestApp::start().await;
    let other = app.second_instance().await;
    let attempts = (0..50).map(|n| {
        let client = if n % 2 == 0 {
            app.anonymous()
        } else {
            other.anonymous()
        };
        let email = if n % 3 == 0 {
            "ANN@example.org"
        } else {
            "ann@example.org"
        };
        tokio::spawn(async move {
            client
                .register(json!({ "email": email, "password": PASSWORD }))
                .await
        })
    });

    assert_eq!(
        winners(attempts.collect::<Vec<_>>(), "EMAIL_TAKEN", &["email"]).await,
        1
    );
}

#[tokio::test]
async fn registrations_of_one_username_at_once_make_one_account() {
    let app = TestApp::start().await;
    let attempts = (0..10).map(|n| {
        let client = app.anonymous();
        let email = format!("ann{n}@example.org");
        tokio::spawn(async move {
            client
                .register(json!({ "email": email, "username": "ann", "password": PASSWORD }))
                .await
        })
    });

    assert_eq!(
        winners(
            attempts.collect::<Vec<_>>(),
            "USERNAME_TAKEN",
            &["username"]
        )
        .await,
        1
    );
}

#[tokio::test]
async fn a_full_hashing_queue_is_overloaded_at_once() {
    let app = TestApp::with(|config| {
        config.passwords.threads = 1;
        config.passwords.queue_capacity = 1;
        config.passwords.bcrypt_cost = 10;
    })
    .await;
    let attempts = (0..20).map(|n| {
        let client = app.anonymous();
        let email = format!("ann{n}@example.org");
        tokio::spawn(async move {
            client
                .register(json!({ "email": email, "password": PASSWORD }))
                .await
        })
    });

    let mut refused = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        let reply = attempt.await.unwrap();
        if reply.at("/errors").is_array() {
            reply.assert_error("OVERLOADED");
            assert_eq!(reply.at("/errors/0/extensions/retryAfter"), &json!(1));
            assert_eq!(reply.headers["retry-after"], "1");
            refused += 1;
        }
    }

    assert!(refused > 0);
}

#[tokio::test]
async fn a_locale_never_stops_a_registration() {
    let app = TestApp::start().await;
    let locales = [
        ("en_US", json!("en-US")),
        ("pt_BR.UTF-8", json!("pt-BR")),
        ("C", Value::Null),
        ("english please", Value::Null),
        ("", Value::Null),
    ];
    for (index, (locale, kept)) in locales.into_iter().enumerate() {
        let email = format!("ann{index}@example.org");
        let input = json!({ "email": email, "password": PASSWORD, "locale": locale });
        let reply = app.anonymous().register(input).await;
        assert_eq!(reply.ok()["user"]["locale"], kept, "{locale}");
    }
}

#[tokio::test]
async fn a_name_that_cannot_be_shown_is_invalid() {
    let app = TestApp::start().await;
    for name in ["\u{200b}", "\u{3164}", "Ann\nLee", "\u{202e}nnA", "a\0"] {
        let input = json!({ "email": "bob@example.org", "password": PASSWORD, "name": name });
        let reply = app.anonymous().register(input).await;
        reply.assert_user_error("NAME_INVALID", &["name"]);
    }
}

#[tokio::test]
async fn a_password_can_hold_whatever_a_phone_types() {
    let app = TestApp::start().await;
    for (index, symbols) in ["🙂🤣🦊", "❤\u{fe0f}₽·", "👩🏽\u{200d}🚀", "\u{31350}"]
        .iter()
        .enumerate()
    {
        let email = format!("ann{index}@example.org");
        let password = format!("{symbols} violet otters");
        let input = json!({ "email": email, "password": password });
        app.anonymous().register(input).await.ok();
        app.anonymous().login(&email, &password).await.ok();
    }
}
