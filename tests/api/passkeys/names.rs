//! The names of passkeys.

use serde_json::json;

use super::stage::{factors, new_device, options, verified};
use crate::support::{Reply, SignedUp, TestApp};

async fn add_named(user: &SignedUp, name: &str) -> Reply {
    let created = new_device()
        .create(&options(user, "REGISTER").await)
        .unwrap();
    let input = json!({ "passkey": created, "name": name });
    user.add_passkey_with(input).await
}

#[tokio::test]
async fn name_is_stored_without_surrounding_white_space() {
    let app = TestApp::start().await;
    let mut ann = verified(&app, "ann").await;
    let longest = "é".repeat(64);
    for (typed, stored) in [
        ("Phone", "Phone"),
        (" \t Blue  key\u{a0}\n", "Blue  key"),
        ("🔑", "🔑"),
        ("<b>\"Key\"</b>", "<b>\"Key\"</b>"),
        (&*longest, &*longest),
        (&*format!(" {longest} "), &*longest),
    ] {
        let reply = add_named(&ann, typed).await;
        assert_eq!(reply.ok()["passkey"]["name"], stored, "{typed:?}");
        ann = SignedUp::from_reply(&ann, &reply);
        let listed = factors(&ann).await;
        let newest = listed["passkeys"].as_array().unwrap().last().unwrap();
        assert_eq!(newest["name"], stored);
    }
}

#[tokio::test]
async fn name_that_cannot_be_displayed_is_rejected() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let created = new_device()
        .create(&options(&ann, "REGISTER").await)
        .unwrap();
    let too_long = "é".repeat(65);
    for name in [
        "",
        " \t ",
        "two\nlines",
        "nul\0",
        "tab\tbed",
        "\u{202e}yek",
        "\u{200b}",
        &too_long,
        &"x".repeat(10_000),
    ] {
        let input = json!({ "passkey": created, "name": name });
        let reply = ann.add_passkey_with(input).await;
        reply.assert_user_error("NAME_INVALID", &["name"]);
    }
    // A rejected name uses nothing up.
    let input = json!({ "passkey": created, "name": "Phone" });
    ann.add_passkey_with(input).await.ok();
}

#[tokio::test]
async fn missing_name_is_that_of_the_device() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let curl = ann.with_user_agent("curl/8.5.0");
    let created = new_device()
        .create(&options(&curl, "REGISTER").await)
        .unwrap();
    let input = json!({ "passkey": created, "name": null });
    let reply = curl.add_passkey_with(input).await;
    assert_eq!(reply.ok()["passkey"]["name"], "curl");
}

#[tokio::test]
async fn invalid_name_and_passkey_are_reported_together() {
    let app = TestApp::start().await;
    let ann = verified(&app, "ann").await;
    let input = json!({ "passkey": {}, "name": "" });
    let reply = ann.add_passkey_with(input).await;
    reply.assert_user_errors(&[
        ("NAME_INVALID", &["name"]),
        ("PASSKEY_INVALID", &["passkey"]),
    ]);
}
