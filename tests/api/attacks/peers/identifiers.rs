//! Who is meant by what somebody types, and what an address is worth under each setting.

use gatehouse::config::Config;
use gatehouse::config::EmailVerification::{self, Off, Optional, Required};
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, SignedUp, TestApp};

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

#[tokio::test]
async fn no_other_setting_changes_what_a_new_address_needs() {
    let app = TestApp::start().await;
    for mode in [Off, Optional, Required] {
        for n in 0..8 {
            let name = format!("{mode:?}{n}").to_lowercase();
            let user = app.signed_up(&name).await;
            user.verify_address(&app).await;
            let set = |config: &mut Config| {
                config.accounts.email_verification = mode;
                config.accounts.registration_open = n & 1 == 0;
                config.accounts.usernames_enabled = n & 2 == 0;
                config.limits.introspection = n & 4 == 0;
            };
            let instance = app.second_instance_with(set).await;
            assert_needs_password_and_word(&user.at(instance.api), &instance, mode).await;
            let mail = app.last_mail_to(&user.email).await;
            assert!(mail.links_to("secure-account"), "{mode:?}, {n}");
        }
    }
}

/// A new address needs the password, and takes effect at once only where nothing is verified.
async fn assert_needs_password_and_word(user: &Client, app: &TestApp, mode: EmailVerification) {
    let email = format!("new-{}", user.me().await.text("/data/me/email"));
    for (password, code) in [
        (Value::Null, "CURRENT_PASSWORD_REQUIRED"),
        (json!("not it"), "CURRENT_PASSWORD_INCORRECT"),
    ] {
        let input = json!({ "email": email, "currentPassword": password });
        let reply = user.update_profile(input).await;
        reply.assert_user_error(code, &["currentPassword"]);
    }
    let input = json!({ "email": email, "currentPassword": PASSWORD });
    let reply = user.update_profile(input).await;
    let at_once = reply.ok()["user"]["email"] == email.as_str();
    assert_eq!(at_once, mode == Off, "{mode:?}");
    let signed_in = app.anonymous().login(&email, PASSWORD).await;
    let found = signed_in.at("/data/login/user/email") == &json!(email);
    assert_eq!(found, mode == Off, "{mode:?}");
}
