//! Rate limits: each as it is set, by network, charged for each operation.

use std::num::NonZeroU32;
use std::time::Duration;

use chrono::TimeDelta;
use gatehouse::config::{Config, Quota};
use serde_json::json;

use crate::support::{Client, PASSWORD, Reply, SignedUp, TestApp};

fn two_an_hour(config: &mut Config) {
    let quota = Some(Quota {
        burst: NonZeroU32::new(2).unwrap(),
        period: Duration::from_hours(1),
    });
    let limits = &mut config.rate_limits;
    for limit in [
        &mut limits.register_network,
        &mut limits.login_network,
        &mut limits.refresh_network,
        &mut limits.password_check_network,
        &mut limits.mail_network,
    ] {
        *limit = quota;
    }
}

/// The `n`th request for `action`, on an account of its own where that can be.
async fn ask(action: &str, n: usize, client: &Client, users: &[SignedUp]) -> Reply {
    let email = format!("new{n}@example.org");
    match action {
        "register" => {
            client
                .register(json!({ "email": email, "password": PASSWORD }))
                .await
        }
        "login" => client.login(&email, PASSWORD).await,
        "refreshSession" => client.refresh_session(&users[n].refresh_token).await,
        "exportData" => {
            client
                .bearing(&users[n].access_token)
                .export_data("not it")
                .await
        }
        _ => client.request_password_reset(&email).await,
    }
}

#[tokio::test]
async fn each_limit_holds_where_it_is_set() {
    let app = TestApp::with(two_an_hour).await;
    let mut users = Vec::new();
    for n in 0..4 {
        let client = app.anonymous().at_local_address(&format!("127.0.1.{n}"));
        let input = json!({ "email": format!("user{n}@example.org"), "password": PASSWORD });
        users.push(SignedUp::from_reply(&client, &client.register(input).await));
    }
    let (here, elsewhere) = (
        app.anonymous(),
        app.anonymous().at_local_address("127.0.0.9"),
    );
    for action in [
        "register",
        "login",
        "refreshSession",
        "exportData",
        "requestPasswordReset",
    ] {
        for n in 0..2 {
            let reply = ask(action, n, &here, &users).await;
            assert_eq!(reply.at("/errors"), &json!(null), "{action} {n}");
        }
        let refused = ask(action, 2, &here, &users).await;
        refused.assert_error("RATE_LIMITED");
        assert_eq!(refused.headers["retry-after"], "1800", "{action}");
        let reply = ask(action, 3, &elsewhere, &users).await;
        assert_eq!(reply.at("/errors"), &json!(null), "{action} from elsewhere");
    }
}

/// Strict for an account, generous for its network.
fn two_for_an_account_and_five_for_a_network(config: &mut Config) {
    let an_hour = |burst| {
        Some(Quota {
            burst: NonZeroU32::new(burst).unwrap(),
            period: Duration::from_hours(1),
        })
    };
    let limits = &mut config.rate_limits;
    (limits.login, limits.login_network) = (an_hour(2), an_hour(5));
    (limits.register, limits.register_network) = (an_hour(2), an_hour(5));
    (limits.refresh, limits.refresh_network) = (an_hour(2), an_hour(5));
    (limits.password_check, limits.password_check_network) = (an_hour(2), an_hour(5));
    (limits.mail, limits.mail_network) = (an_hour(2), an_hour(5));
}

#[tokio::test]
async fn an_account_and_its_network_have_quotas_of_their_own_and_a_refusal_spends_neither() {
    let app = TestApp::with(two_for_an_account_and_five_for_a_network).await;
    let mut users = Vec::new();
    for n in 0..4 {
        let client = app.anonymous().at_local_address(&format!("127.0.1.{n}"));
        let input = json!({ "email": format!("user{n}@example.org"), "password": PASSWORD });
        users.push(SignedUp::from_reply(&client, &client.register(input).await));
    }
    let here = app.anonymous();
    for action in [
        "register",
        "login",
        "refreshSession",
        "exportData",
        "requestPasswordReset",
    ] {
        for n in [0, 0, 0, 0, 0, 0] {
            ask(action, n, &here, &users).await;
        }
        let refused = ask(action, 0, &here, &users).await;
        refused.assert_error("RATE_LIMITED");
        assert_eq!(
            refused.headers["retry-after"], "1800",
            "{action}: the account's"
        );
        // Of the network's five, the refused tries spent none.
        for n in [1, 1, 2] {
            let reply = ask(action, n, &here, &users).await;
            assert_eq!(reply.at("/errors"), &json!(null), "{action} {n}");
        }
        for _ in 0..3 {
            let refused = ask(action, 3, &here, &users).await;
            refused.assert_error("RATE_LIMITED");
            assert_eq!(
                refused.headers["retry-after"], "720",
                "{action}: the network's"
            );
        }
    }
    // Nor did what the network refused spend the account's.
    app.advance(TimeDelta::minutes(24));
    for _ in 0..2 {
        let reply = ask("login", 3, &here, &users).await;
        assert_eq!(reply.at("/errors"), &json!(null));
    }
}

#[tokio::test]
async fn setting_the_clock_neither_lengthens_nor_ends_a_limit() {
    let app = TestApp::with(two_an_hour).await;
    let nobody = app.anonymous();
    for _ in 0..2 {
        nobody.login("zoe", "not it").await;
    }
    app.advance(-TimeDelta::days(7));
    let refused = nobody.login("zoe", "not it").await;
    refused.assert_error("RATE_LIMITED");
    assert_eq!(refused.headers["retry-after"], "1800");
    app.advance(TimeDelta::minutes(30));
    let reply = nobody.login("zoe", "not it").await;
    reply.assert_user_error("INVALID_CREDENTIALS", &[]);
}

#[tokio::test]
async fn an_office_behind_one_address_can_work_with_the_defaults() {
    let defaults = [
        ("GATEHOUSE_LIMIT_LOGIN", "10/1m"),
        ("GATEHOUSE_LIMIT_LOGIN_NETWORK", "100/1m"),
        ("GATEHOUSE_LIMIT_MAIL", "3/1h"),
        ("GATEHOUSE_LIMIT_MAIL_NETWORK", "30/1h"),
    ];
    let app = TestApp::with_settings(&defaults, |_| {}).await;
    let office = app.anonymous();
    for n in 0..30 {
        let email = format!("someone{n}@example.org");
        office.request_password_reset(&email).await.ok();
        let reply = office.login(&email, "not it").await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
    }
    let refused = office.request_password_reset("late@example.org").await;
    refused.assert_error("RATE_LIMITED");
}
