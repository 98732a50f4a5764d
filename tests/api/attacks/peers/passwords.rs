//! Passwords longer than bcrypt reads.

use serde_json::json;

use crate::support::{PASSWORD, TestApp};

/// So many characters that no list has and no pattern describes.
fn long(characters: u32, first: u32, step: u32) -> String {
    (0..characters)
        .filter_map(|n| char::from_u32(first + n * step % 61))
        .collect()
}

#[tokio::test]
async fn every_character_of_a_long_password_counts() {
    let app = TestApp::start().await;
    for (n, password) in [
        long(72, 60, 17),
        long(73, 60, 17),
        long(127, 60, 23),
        // 4 bytes each, 256 in all.
        long(64, 0x1f400, 13),
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("ann{n}@example.org");
        let full = format!("{password}1");
        let input = json!({ "email": email, "password": full });
        app.anonymous().register(input).await.ok();
        for wrong in [format!("{password}2"), password.clone(), format!("{full}1")] {
            let reply = app.anonymous().login(&email, &wrong).await;
            reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        }
        app.anonymous().login(&email, &full).await.ok();
    }
}

#[tokio::test]
async fn the_longest_names_leave_no_less_of_the_password() {
    let app = TestApp::start().await;
    let (local, domain) = ("a".repeat(60), "b".repeat(60));
    let email = format!("{local}@{domain}.{domain}.example.org");
    let username = "c".repeat(32);
    let input = json!({
        "email": email, "username": username, "password": PASSWORD, "name": "d".repeat(128),
    });
    app.anonymous().register(input).await.ok();
    for identifier in [&email, &username] {
        let reply = app.anonymous().login(identifier, "anything at all").await;
        reply.assert_user_error("INVALID_CREDENTIALS", &[]);
        app.anonymous().login(identifier, PASSWORD).await.ok();
    }
}
