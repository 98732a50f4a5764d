//! The links in mails: where they lead, and that each works for one thing alone.

use reqwest::header::{HOST, HeaderName};
use serde_json::{Value, json};

use crate::support::{PASSWORD, TestApp, log_of};

const NEW: &str = "seven teapots hum at dawn";

#[tokio::test]
async fn no_header_has_a_say_in_where_a_link_leads() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let body = json!({
        "query": "mutation { requestPasswordReset(input: { email: \"ann@example.org\" }) { userErrors { code } } }"
    });
    for (name, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example;proto=http"),
        ("x-original-host", "evil.example"),
        ("origin", "https://evil.example"),
        ("referer", "https://evil.example/"),
    ] {
        let header = HeaderName::from_static(name);
        let mut request = http.post(app.url("/graphql")).json(&body);
        request = if header == HOST {
            request.header(HOST, value)
        } else {
            request.header(header, value)
        };
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(
            answer["data"]["requestPasswordReset"]["userErrors"],
            json!([]),
            "{name}"
        );
        let mail = app.last_mail_to("ann@example.org").await;
        let link = "https://app.example.org/reset-password?token=";
        assert!(mail.text.contains(link), "{name}: {}", mail.text);
        assert!(!mail.source.contains("evil"), "{name}");
    }
}

#[tokio::test]
async fn a_link_works_for_nothing_but_its_purpose() {
    let app = TestApp::start().await;
    let ann = app.signed_up("ann").await;
    let first = app.last_mail_to("ann@example.org").await;
    app.anonymous()
        .request_password_reset("ann@example.org")
        .await
        .ok();
    let reset = app.last_mail_to("ann@example.org").await;
    let bob = app.signed_up("bob").await;
    let receipt = bob
        .delete_account(PASSWORD, "bob@example.org")
        .await
        .text("/data/deleteAccount/deletion/receipt");
    let deletion = app
        .mail("bob@example.org", "Your account will be deleted")
        .await;
    let tokens = [
        ("verify", first.token("verify-email")),
        ("secure_account", first.token("secure-account")),
        ("reset", reset.token("reset-password")),
        ("cancel", deletion.token("cancel-deletion")),
        ("receipt", receipt),
        ("refresh token", ann.refresh_token.clone()),
        ("access token", ann.access_token.clone()),
    ];
    let nobody = app.anonymous();
    for (kind, token) in &tokens {
        if *kind != "verify" {
            let reply = nobody.verify_email(token).await;
            reply.assert_user_error("TOKEN_INVALID", &["token"]);
        }
        if *kind != "reset" {
            let reply = nobody.reset_password(token, NEW).await;
            reply.assert_user_error("TOKEN_INVALID", &["token"]);
        }
        if *kind != "secure_account" {
            let reply = nobody.secure_account(token).await;
            reply.assert_user_error("TOKEN_INVALID", &["token"]);
        }
        if *kind != "cancel" {
            let reply = nobody.cancel_account_deletion(token).await;
            reply.assert_user_error("TOKEN_INVALID", &["token"]);
        }
        if *kind != "refresh token" {
            let reply = nobody.refresh_session(token).await;
            reply.assert_user_error("TOKEN_INVALID", &["refreshToken"]);
        }
        if *kind != "access token" {
            nobody
                .bearing(token)
                .me()
                .await
                .assert_error("UNAUTHENTICATED");
        }
    }
    assert!(ann.is_signed_in().await, "nothing came of it");
    nobody.verify_email(&tokens[0].1).await.ok();
    nobody.reset_password(&tokens[2].1, NEW).await.ok();
    nobody.cancel_account_deletion(&tokens[3].1).await.ok();
}

#[tokio::test]
async fn a_token_of_a_wrong_json_type_is_no_token() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    app.run_workers().await;
    for mutation in [
        "verifyEmail(input: { token: $token })",
        "resetPassword(input: { token: $token, newPassword: \"seven teapots hum at dawn\" })",
        "secureAccount(input: { token: $token })",
        "cancelAccountDeletion(input: { token: $token })",
        "checkLink(input: { kind: SECURE_ACCOUNT, token: $token })",
    ] {
        let document =
            format!("mutation($token: String!) {{ {mutation} {{ userErrors {{ code }} }} }}");
        for token in [
            json!({ "$gt": 0 }),
            json!(["x"]),
            json!(1),
            json!(true),
            json!(null),
        ] {
            let reply = app
                .anonymous()
                .graphql(&document, json!({ "token": token }))
                .await;
            reply.assert_error("BAD_REQUEST");
        }
        for token in [
            "",
            " ",
            "nonsense",
            "' OR 1=1--",
            "../../etc/passwd",
            "%00",
            "a\0b",
        ] {
            let reply = app
                .anonymous()
                .graphql(&document, json!({ "token": token }))
                .await;
            let errors = &reply.payload()["userErrors"];
            assert_eq!(errors, &json!([{ "code": "TOKEN_INVALID" }]), "{token}");
        }
    }
}

#[tokio::test]
async fn another_service_s_secret_makes_no_links_of_ours() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let other = TestApp::start().await;
    other.signed_up("ann").await;
    let foreign = other.last_mail_to("ann@example.org").await;
    app.run_workers().await;
    let reply = app
        .anonymous()
        .verify_email(&foreign.token("verify-email"))
        .await;
    reply.assert_user_error("TOKEN_INVALID", &["token"]);
}

#[tokio::test]
async fn a_link_that_does_not_count_is_one_line_in_the_log() {
    let app = TestApp::start().await;
    app.signed_up("ann").await;
    let genuine = app.last_mail_to("ann@example.org").await;
    let genuine = genuine.token("verify-email");
    app.anonymous().verify_email(&genuine).await.ok();
    let client = app.anonymous();
    for (reply, link) in [
        (client.verify_email(&genuine).await, "verify_email"),
        (client.verify_email("made up").await, "verify_email"),
        (client.secure_account("made up").await, "secure_account"),
        (
            client.reset_password("made up", PASSWORD).await,
            "reset_password",
        ),
        (
            client.cancel_account_deletion("made up").await,
            "cancel_deletion",
        ),
    ] {
        let lines = log_of(&reply);
        let refused: Vec<_> = lines
            .iter()
            .filter(|line| line["message"] == "link rejected")
            .collect();
        assert_eq!(refused.len(), 1, "{link}: {lines:#?}");
        assert_eq!(refused[0]["reason"], "invalid");
        assert_eq!(refused[0]["link"], link);
        assert_eq!(refused[0]["network"], "127.0.0.1");
        assert!(!format!("{lines:?}").contains(&genuine));
    }
}
