//! Mails of the binary as an operator runs it.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use gatehouse::config::{MailTransport, SmtpSecurity};
use serde_json::json;
use tempfile::TempDir;

use super::launch::Launched;
use crate::support::{Mail, Manner, PASSWORD, Security, SmtpServer, TestApp, TestDatabase};

const SECRET: (&str, &str) = (
    "GATEHOUSE_SECRET",
    "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
);

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_mail_server_is_a_warning_with_its_address() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_MAIL_URL", "smtp://mailer:hunter2@127.0.0.1:1"),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    process.wait_for("email delivery unavailable");
    let log = process.log.join("\n");
    assert!(
        log.contains("127.0.0.1:1") && log.contains("refused"),
        "{log}"
    );
    assert!(!log.contains("hunter2"), "{log}");
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    process.anonymous().register(input).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_nobody_vouches_for_is_a_warning_with_the_reason() {
    let server = SmtpServer::start_with(Security::Tls, None);
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let url = server.url();
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_MAIL_URL", url.as_str()),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    process.wait_for("email delivery unavailable");
    let said = process
        .log
        .iter()
        .find(|line| line.contains("delivery unavailable"));
    assert!(said.unwrap().contains("certificate"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_lie_in_a_folder_a_moment_later_and_the_log_names_nobody() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let variables = [
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_LOG", "debug"),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    let input =
        json!({ "email": "annabel@example.org", "username": "annabel", "password": PASSWORD });
    process.anonymous().register(input).await.ok();
    process.wait_for("email sent");
    process
        .anonymous()
        .request_password_reset("annabel@example.org")
        .await
        .ok();
    process.wait_for("reset_password");

    let mails = Mail::read_all(&folder.path().join("data/mail"));
    assert_eq!(mails.len(), 2);
    let token = mails[1].token("reset-password");
    let reply = process
        .anonymous()
        .reset_password(&token, "seven teapots hum at dawn")
        .await;
    reply.ok();
    process.wait_for("password_changed");
    let log = process.log.join("\n");
    for private in [
        "annabel",
        &token,
        &mails[0].token("verify-email"),
        PASSWORD,
        "teapots",
    ] {
        assert!(!log.contains(private), "{private} in {log}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for entry in std::fs::read_dir(folder.path().join("data/mail")).unwrap() {
            let mode = entry.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "a mail holds live links");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_survives_a_kill_between_its_claim_and_its_sending() {
    let server = SmtpServer::start();
    server.behave(Manner::Stall);
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let url = server.url();
    let variables = [
        SECRET,
        ("DATABASE_URL", database.url.as_str()),
        ("GATEHOUSE_MAIL_URL", url.as_str()),
        ("GATEHOUSE_MAIL_TIMEOUT", "1s"),
        ("GATEHOUSE_WORKER_INTERVAL", "100ms"),
    ];
    let mut process = Launched::start(folder.path(), &variables);
    process.wait_for("email delivery unavailable");
    let checked = server.connections();
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    process.anonymous().register(input).await.ok();
    let mut tries = 0;
    while server.connections() == checked {
        tries += 1;
        assert!(tries < 3000, "no delivery began");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    process.kill();
    server.behave(Manner::Accept);

    let adjust = |config: &mut gatehouse::config::Config, now_url: String| {
        config.database.url = database.url.clone().into();
        config.mail.transport = MailTransport::Smtp {
            shown_url: now_url.clone(),
            url: now_url.into(),
            security: SmtpSecurity::None,
        };
    };
    #[expect(clippy::disallowed_methods, reason = "the process ran by real time")]
    let now = Utc::now();
    let next = TestApp::at(now, |config| adjust(config, server.url())).await;
    next.run_workers().await;
    assert!(
        server.received().is_empty(),
        "the claim of the dead stands for a while"
    );
    next.advance(TimeDelta::minutes(1));
    next.run_workers().await;
    assert_eq!(server.received().len(), 1);
    next.advance(TimeDelta::hours(2));
    next.run_workers().await;
    assert_eq!(server.received().len(), 1, "and it is sent once");
}
