//! Rate limits: each as it is set, by network, charged for each operation.

use std::num::NonZeroU32;
use std::time::Duration;

use gatehouse::config::{Config, Quota};
use serde_json::json;

use crate::support::{Client, PASSWORD, Reply, SignedUp, TestApp};

fn two_an_hour(config: &mut Config) {
    let quota = Some(Quota {
        burst: NonZeroU32::new(2).unwrap(),
        period: Duration::from_hours(1),
    });
    let limits = &mut config.rate_limits;
    for limit in [&mut limits.register, &mut limits.login, &mut limits.refresh] {
        *limit = quota;
    }
    (limits.password_check, limits.mail) = (quota, quota);
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
