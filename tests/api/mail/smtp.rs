//! Sending by SMTP: to servers that are as they should be, and to others.

use std::time::Duration;

use chrono::TimeDelta;
use gatehouse::config::{MailTransport, SmtpSecurity};
use serde_json::json;

use super::outbox::{received, sending_to};
use crate::support::{Manner, PASSWORD, Reply, Security, SmtpServer, TestApp};

/// As an operator configures it.
async fn configured(server: &SmtpServer, ca: bool) -> TestApp {
    let (url, ca_file) = (server.url(), server.ca_file());
    let ca_file = ca_file.to_str().unwrap();
    let mut variables = vec![
        ("GATEHOUSE_MAIL_URL", url.as_str()),
        (
            "GATEHOUSE_MAIL_FROM",
            "Acme Accounts <accounts@acme.example>",
        ),
        ("GATEHOUSE_MAIL_TIMEOUT", "1s"),
    ];
    if ca {
        variables.push(("GATEHOUSE_MAIL_CA", ca_file));
    }
    TestApp::with_settings(&variables, |_| {}).await
}

#[tokio::test]
async fn every_way_of_the_setting_works() {
    let credentials = Some(("mailer@acme", "p@ss/word:é"));
    for (security, credentials) in [
        (Security::Plain, None),
        (Security::Plain, credentials),
        (Security::StartTls, credentials),
        (Security::Tls, credentials),
    ] {
        let server = SmtpServer::start_with(security, credentials);
        let app = configured(&server, true).await;
        app.signed_up("ann").await;
        app.run_workers().await;
        let mails = received(&server);
        assert_eq!(mails.len(), 1, "{}", server.url());
        let envelope = &server.received()[0];
        assert_eq!(envelope.from, "accounts@acme.example");
        assert_eq!(envelope.to, ["ann@example.org"]);
        assert!(mails[0].text.contains("Acme Accounts"));
        let source = &mails[0].source;
        for header in [
            "From: \"Acme Accounts\" <accounts@acme.example>",
            "Auto-Submitted: auto-generated",
            "Content-Language: en",
            "@acme.example>",
        ] {
            assert!(source.contains(header), "{header} in {source}");
        }
    }
}

#[tokio::test]
async fn a_certificate_of_nobody_known_is_not_trusted() {
    for security in [Security::StartTls, Security::Tls] {
        let server = SmtpServer::start_with(security, None);
        let app = configured(&server, false).await;
        app.signed_up("ann").await;
        app.run_workers().await;
        assert!(received(&server).is_empty());
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_trusted() {
    for security in [Security::StartTls, Security::Tls] {
        let server = SmtpServer::start_with(security, None);
        let (url, ca_file) = (
            server.url().replace("localhost", "127.0.0.1"),
            server.ca_file(),
        );
        assert!(url.contains("127.0.0.1"));
        let variables = [
            ("GATEHOUSE_MAIL_URL", url.as_str()),
            ("GATEHOUSE_MAIL_CA", ca_file.to_str().unwrap()),
            ("GATEHOUSE_MAIL_TIMEOUT", "1s"),
        ];
        let app = TestApp::with_settings(&variables, |_| {}).await;
        app.signed_up("ann").await;
        app.run_workers().await;
        assert!(received(&server).is_empty());
    }
}

#[tokio::test]
async fn nothing_is_sent_in_the_clear_where_encryption_is_required() {
    let server = SmtpServer::start();
    let url = format!("{}?tls=required", server.url());
    let variables = [("GATEHOUSE_MAIL_URL", url.as_str())];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    app.signed_up("ann").await;
    app.run_workers().await;
    assert!(received(&server).is_empty());
}

#[tokio::test]
async fn a_server_that_misbehaves_gets_the_mail_later() {
    for manner in [Manner::TryLater(1), Manner::DropMidway, Manner::Stall] {
        let server = SmtpServer::start();
        let app = sending_to(&server).await;
        server.behave(manner);
        app.signed_up("ann").await;
        app.run_workers().await;
        assert!(received(&server).is_empty());
        server.behave(Manner::Accept);
        app.advance(TimeDelta::seconds(45));
        app.run_workers().await;
        assert_eq!(received(&server).len(), 1);
    }
}

#[tokio::test]
async fn a_refusal_for_good_is_tried_seldom() {
    let server = SmtpServer::start();
    let app = sending_to(&server).await;
    server.behave(Manner::Reject);
    app.signed_up("ann").await;
    app.run_workers().await;
    server.behave(Manner::Accept);
    app.advance(TimeDelta::minutes(59));
    app.run_workers().await;
    assert!(received(&server).is_empty());
    app.advance(TimeDelta::minutes(31));
    app.run_workers().await;
    assert_eq!(received(&server).len(), 1);
}

#[tokio::test]
async fn a_slow_mail_server_delays_no_sign_in() {
    let server = SmtpServer::start();
    let url = server.url();
    let app = TestApp::with_prompt_workers(|config| {
        config.mail.transport = MailTransport::Smtp {
            shown_url: url.clone(),
            url: url.into(),
            security: SmtpSecurity::None,
        };
    })
    .await;
    server.behave(Manner::Slow(Duration::from_hours(1)));
    // Every one of these waits for a server that does not answer, if any does.
    for name in ["ann", "bob", "cid"] {
        app.signed_up(name).await.login_again().await;
    }
}

#[tokio::test]
async fn an_address_with_an_international_domain_gets_its_mail() {
    let server = SmtpServer::start();
    let app = sending_to(&server).await;
    let input = serde_json::json!({ "email": "Ann@BÜCHER.example", "password": PASSWORD });
    app.anonymous().register(input).await.ok();
    app.run_workers().await;
    assert_eq!(server.received()[0].to, ["Ann@xn--bcher-kva.example"]);
}

#[tokio::test]
async fn a_mail_server_receives_the_configured_name_and_an_ascii_sender() {
    let server = SmtpServer::start();
    let url = server.url();
    let variables = [
        ("GATEHOUSE_MAIL_URL", url.as_str()),
        ("GATEHOUSE_MAIL_FROM", "Bücher <accounts@bücher.example>"),
        ("GATEHOUSE_MAIL_EHLO", "auth.example.org"),
    ];
    let app = TestApp::with_settings(&variables, |_| {}).await;
    app.signed_up("ann").await;
    app.run_workers().await;
    assert_eq!(received(&server).len(), 1);
    assert_eq!(server.received()[0].from, "accounts@xn--bcher-kva.example");
    let names = server.names();
    assert!(
        !names.is_empty() && names.iter().all(|it| it == "auth.example.org"),
        "{names:?}"
    );
}

/// Registers an address whose local part is not ASCII, and changes to another such.
async fn beyond_ascii(app: &TestApp) -> (Reply, Reply) {
    let input = json!({ "email": "jörg@example.org", "password": PASSWORD });
    let registered = app.anonymous().register(input).await;
    let ann = app.signed_up("ann").await;
    let input = json!({ "email": "änn@example.org", "currentPassword": PASSWORD });
    let updated = ann.update_profile(input).await;
    (registered, updated)
}

#[tokio::test]
async fn addresses_beyond_ascii_need_a_server_that_takes_them() {
    for security in [Security::Plain, Security::StartTls, Security::Tls] {
        let server = SmtpServer::start_with(security, None);
        let app = configured(&server, true).await;
        let (registered, updated) = beyond_ascii(&app).await;
        for (reply, mutation) in [(registered, "register"), (updated, "updateProfile")] {
            let errors = format!("/data/{mutation}/userErrors");
            assert_eq!(reply.at(&format!("{errors}/0/code")), "EMAIL_INVALID");
            assert_eq!(reply.at(&format!("{errors}/0/field/0")), "email");
            let message = reply.at(&format!("{errors}/0/message")).to_string();
            assert!(message.contains("Email cannot be sent"), "{message}");
        }
        // A domain beyond ASCII has an A-label, which every server accepts.
        let input = json!({ "email": "jorg@bücher.example", "password": PASSWORD });
        app.anonymous().register(input).await.ok();

        let server = SmtpServer::start_with(security, None);
        server.behave(Manner::AnnounceUtf8);
        let app = configured(&server, true).await;
        let (registered, updated) = beyond_ascii(&app).await;
        registered.ok();
        updated.ok();
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_keeps_nobody_from_registering() {
    let server = SmtpServer::start();
    server.behave(Manner::Stall);
    let app = configured(&server, false).await;
    let (registered, updated) = beyond_ascii(&app).await;
    registered.ok();
    updated.ok();
}
