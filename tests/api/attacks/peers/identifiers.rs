//! Who is meant by what somebody types, and what an address is worth under each setting.

use gatehouse::config::Config;
use gatehouse::config::EmailVerification::{self, Off, Optional, Required};
use serde_json::{Value, json};

use crate::support::{PASSWORD, SignedUp, TestApp};

#[tokio::test]
async fn no_username_is_somebody_s_address() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let eve = app.signed_up("eve").await;
    for username in [
        "ann@example.org",
        "ANN@EXAMPLE.ORG",
        "ann＠example.org",
        "ann﹫example.org",
        "@ann",
        "ann@",
    ] {
        let input =
            json!({ "email": "new@example.org", "username": username, "password": PASSWORD });
        let reply = app.anonymous().register(input).await;
        reply.assert_user_error("USERNAME_INVALID", &["username"]);
        let reply = eve.update_profile(json!({ "username": username })).await;
        reply.assert_user_error("USERNAME_INVALID", &["username"]);
    }
    let reply = app.anonymous().login("ann@example.org", PASSWORD).await;
    assert_eq!(reply.ok()["user"]["id"], ann.user_id);
}

#[tokio::test]
async fn what_is_empty_is_nobody_s_and_makes_nobody_one_with_another() {
    let app = TestApp::start().await;
    let mut users = Vec::new();
    for name in ["ann", "bob"] {
        let input = json!({ "email": format!("{name}@example.org"), "password": PASSWORD });
        let reply = app.anonymous().register(input).await;
        assert_eq!(reply.ok()["user"]["username"], json!(null));
        users.push(SignedUp::from_reply(&app.anonymous(), &reply));
    }
    assert_ne!(users[0].user_id, users[1].user_id);
    for empty in ["", " ", "0", "\u{200b}"] {
        let reply = app.anonymous().login(empty, PASSWORD).await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        let input = json!({ "email": empty, "username": empty, "password": PASSWORD });
        let reply = app.anonymous().register(input).await;
        reply.assert_user_errors(&[
            ("EMAIL_INVALID", &["email"]),
            ("USERNAME_INVALID", &["username"]),
        ]);
        let reply = users[0].update_profile(json!({ "username": empty })).await;
        reply.assert_user_error("USERNAME_INVALID", &["username"]);
    }
}

/// A verified Ann where `adjust` holds, signed in.
async fn verified(mode: EmailVerification, adjust: impl Fn(&mut Config)) -> (TestApp, SignedUp) {
    let app = TestApp::with(|config| config.accounts.email_verification = Optional).await;
    app.signed_up("ann").await.verify_address(&app).await;
    let set = |config: &mut Config| {
        config.accounts.email_verification = mode;
        adjust(config);
    };
    let instance = app.second_instance_with(set).await;
    let reply = instance.anonymous().login("ann", PASSWORD).await;
    let reply = if reply.at("/data/login/user") == &Value::Null {
        instance
            .anonymous()
            .login("ann@example.org", PASSWORD)
            .await
    } else {
        reply
    };
    let ann = SignedUp::from_reply(&instance.anonymous(), &reply);
    (instance, ann)
}

#[tokio::test]
async fn no_other_setting_changes_what_a_new_address_needs() {
    for mode in [Off, Optional, Required] {
        for n in 0..8 {
            let adjust = |config: &mut Config| {
                config.accounts.registration_open = n & 1 == 0;
                config.accounts.usernames_enabled = n & 2 == 0;
                config.limits.introspection = n & 4 == 0;
            };
            let (app, ann) = verified(mode, adjust).await;
            for (password, code) in [
                (Value::Null, "CURRENT_PASSWORD_REQUIRED"),
                (json!("not it"), "CURRENT_PASSWORD_INCORRECT"),
            ] {
                let input = json!({ "email": "lee@example.org", "currentPassword": password });
                let reply = ann.update_profile(input).await;
                reply.assert_user_error(code, &["currentPassword"]);
            }
            let input = json!({ "email": "lee@example.org", "currentPassword": PASSWORD });
            let reply = ann.update_profile(input).await;
            let at_once = reply.ok()["user"]["email"] == "lee@example.org";
            assert_eq!(at_once, mode == Off, "{mode:?}, {n}");
            let mail = app.mail(
                "ann@example.org",
                if at_once {
                    "Your e-mail address was changed"
                } else {
                    "Your e-mail address is about to change"
                },
            );
            assert!(mail.await.links_to("disavow"), "{mode:?}, {n}");
        }
    }
}
