//! Ways around a limit that was meant to hold.

use std::num::NonZeroU32;
use std::time::Duration;

use chrono::TimeDelta;
use gatehouse::config::{Config, Quota};
use serde_json::json;

use crate::support::{PASSWORD, Reply, SignedUp, TestApp};

const NEW: &str = "seven teapots hum at dawn";

fn limited(config: &mut Config) {
    let quota = Quota {
        burst: NonZeroU32::new(3).unwrap(),
        period: Duration::from_mins(1),
    };
    let limits = &mut config.rate_limits;
    (limits.login, limits.login_network) = (Some(quota), Some(quota));
    (limits.register, limits.register_network) = (Some(quota), Some(quota));
    (limits.mail, limits.mail_network) = (Some(quota), Some(quota));
}

/// Ways to write one address, and others that belong to the same mailbox or are nobody's.
const SPELLINGS: [&str; 8] = [
    "ann@example.org",
    "ANN@EXAMPLE.ORG",
    " Ann@Example.Org ",
    "a.n.n@example.org",
    "ann+1@example.org",
    "a\u{301}nn@example.org",
    "ànn@example.org",
    "zoe@example.com",
];

#[tokio::test]
async fn no_spelling_is_a_way_around_the_limit_of_sign_ins() {
    let app = TestApp::with(limited).await;
    for identifier in &SPELLINGS[..3] {
        let reply = app.anonymous().login(identifier, "not it").await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
    for identifier in
        SPELLINGS
            .into_iter()
            .chain(["ann", "ＡＮＮ", "", "\u{202e}", "ann@EXAMPLE\u{3002}org"])
    {
        let reply = app.anonymous().login(identifier, PASSWORD).await;
        reply.assert_error("RATE_LIMITED");
    }
}

#[tokio::test]
async fn no_spelling_is_a_way_around_the_limits_of_registrations_and_mails() {
    let app = TestApp::with(limited).await;
    for (n, email) in SPELLINGS[..3].iter().enumerate() {
        let input = json!({ "email": format!("new{n}@example.org"), "password": PASSWORD });
        app.anonymous().register(input).await.ok();
        let nobody = app.anonymous();
        nobody.request_password_reset(email).await.ok();
    }
    for email in SPELLINGS {
        let input = json!({ "email": email, "password": PASSWORD });
        let reply = app.anonymous().register(input.clone()).await;
        reply.assert_error("RATE_LIMITED");
        let reply = app.anonymous().request_password_reset(email).await;
        reply.assert_error("RATE_LIMITED");
        let input = json!({ "email": email });
        let reply = app.anonymous().request_email_verification(input).await;
        reply.assert_error("RATE_LIMITED");
    }
}

#[tokio::test]
async fn nothing_added_to_a_request_is_a_way_around_a_limit() {
    let app = TestApp::with(limited).await;
    app.signed_up("ann").await;
    let nobody = app.anonymous();
    for _ in 0..3 {
        nobody.login("ann", "not it").await;
    }
    let login = format!("login(input: {{ identifier: \"ann\", password: \"{PASSWORD}\" }})");
    let fields = "{ user { id } userErrors { code } }";
    for (n, body) in [
        json!({ "query": format!("mutation {{ x1: {login} {fields} }}") }),
        json!({ "query": format!("mutation A {{ {login} {fields} }} query B {{ me {{ id }} }}"), "operationName": "A" }),
        json!({ "query": format!("mutation {{ ...F }} fragment F on Mutation {{ {login} {fields} }}") }),
        json!({ "query": format!("mutation {{ {login} @skip(if: false) {fields} }}"), "email": "zoe@example.org", "identifier": "zoe" }),
        json!({ "query": format!("mutation {{ {login} {fields} }}"), "extensions": {}, "variables": { "identifier": "zoe" } }),
    ]
    .into_iter()
    .enumerate()
    {
        let hashes = app.hashes().await;
        let reply = nobody.with_user_agent(&format!("other/{n}")).send(body.to_string()).await;
        reply.assert_error("RATE_LIMITED");
        assert_eq!(app.hashes().await, hashes, "nothing was checked");
    }
}

#[tokio::test]
async fn a_retry_after_the_stated_time_is_accepted() {
    let app = TestApp::with(limited).await;
    app.signed_up("ann").await;
    for n in 0..3 {
        app.anonymous().login(&format!("zoe{n}"), "not it").await;
    }
    app.advance(TimeDelta::seconds(19));
    for _ in 0..3 {
        let refused = app.anonymous().login("ann", PASSWORD).await;
        refused.assert_error("RATE_LIMITED");
        assert_eq!(refused.at("/errors/0/extensions/retryAfter"), 1);
        assert_eq!(refused.headers["retry-after"], "1");
    }
    app.advance(TimeDelta::seconds(1));
    app.anonymous().login("ann", PASSWORD).await.ok();
}

const OPERATIONS: [&str; 6] = [
    "login",
    "change",
    "delete",
    "export",
    "reauthenticate",
    "address",
];

async fn attempt(user: &SignedUp, operation: &str, password: &str) -> Reply {
    match operation {
        "login" => user.login(&user.email, password).await,
        "change" => user.change_password(password, NEW).await,
        "delete" => user.delete_account(password, &user.email).await,
        "export" => user.export_data(password).await,
        "reauthenticate" => user.reauthenticate(password).await,
        _ => {
            let input = json!({ "email": "lee@example.org", "currentPassword": password });
            user.update_profile(input).await
        }
    }
}

#[tokio::test]
async fn whatever_checks_a_password_shares_one_count_of_failures() {
    let app = TestApp::start().await;
    for failing in OPERATIONS {
        let user = app.signed_up(failing).await;
        for n in 0..5 {
            let reply = attempt(&user, failing, &format!("wrong {n}")).await;
            let code = reply.payload()["userErrors"][0]["code"].clone();
            let incorrect = ["INVALID_CREDENTIALS", "CURRENT_PASSWORD_INCORRECT"];
            assert!(incorrect.iter().any(|it| code == *it), "{:#}", reply.body);
        }
        let hashes = app.hashes().await;
        for other in OPERATIONS {
            let reply = attempt(&user, other, PASSWORD).await;
            if other == "login" {
                reply.assert_user_error("ACCOUNT_LOCKED", &[]);
            } else {
                reply.assert_error("RATE_LIMITED");
                assert_eq!(reply.at("/errors/0/extensions/retryAfter"), 60);
            }
        }
        assert_eq!(app.hashes().await, hashes, "nothing was checked");
    }
}
