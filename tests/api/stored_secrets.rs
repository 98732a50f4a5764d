//! What a thief of the database gets: no password, and nothing that can be sent back to the service.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::support::{PASSWORD, TestApp, db_dump};

#[tokio::test]
async fn nothing_that_was_handed_out_lies_in_the_database_as_it_is() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let verify = app.last_mail_to(&ann.email).await.token("verify-email");
    app.anonymous()
        .request_password_reset(&ann.email)
        .await
        .ok();
    let reset = app.last_mail_to(&ann.email).await.token("reset-password");
    let newer = ann.login_again().await;
    app.anonymous()
        .request_password_reset(&ann.email)
        .await
        .ok();
    let deletion = ann.delete_account(PASSWORD, &ann.email).await;
    let receipt = deletion.text("/data/deleteAccount/deletion/receipt");
    let cancel = app.last_mail_to(&ann.email).await.token("cancel-deletion");
    let dump = db_dump(&app).await;
    assert!(
        dump.contains("ann@example.org"),
        "the dump reads what is there"
    );
    assert!(!dump.contains(PASSWORD));
    for (what, token) in [
        ("access token", &ann.access_token),
        ("refresh token", &ann.refresh_token),
        ("newer refresh token", &newer.refresh_token),
        ("verification link", &verify),
        ("reset link", &reset),
        ("cancel link", &cancel),
        ("receipt", &receipt),
    ] {
        assert!(!dump.contains(&token.to_lowercase()), "{what}");
        // As bytes, which a dump shows in hexadecimal: the last 16 are the secret's.
        let secret = token.rsplit('.').next().unwrap();
        let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(secret) else {
            continue;
        };
        let hex = bytes.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        });
        assert!(bytes.len() >= 32, "{what} has at least 256 bits");
        assert!(!dump.contains(&hex[hex.len() - 32..]), "{what}");
    }
}

#[tokio::test]
async fn passwords_lie_there_as_bcrypt_of_an_approved_cost() {
    let app = TestApp::with(|config| config.passwords.bcrypt_cost = 10).await;
    app.signed_up("ann").await;
    let dump = db_dump(&app).await;
    let hashes = dump.matches("$2b$10$").count();
    assert_eq!(hashes, 1, "{dump}");
}
