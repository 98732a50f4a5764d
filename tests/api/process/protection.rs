//! What production says of connections that nothing protects.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread::JoinHandle;

use tempfile::TempDir;

use super::launch::{Bounded as _, Launched, gatehouse};
use crate::support::TestDatabase;

/// The least that production starts with, and mails and limits that go to another machine in the clear.
const UNPROTECTED: [(&str, &str); 6] = [
    ("GATEHOUSE_PROFILE", "production"),
    (
        "GATEHOUSE_SECRET",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    ),
    ("GATEHOUSE_PUBLIC_URL", "https://auth.example.org"),
    ("GATEHOUSE_APP_URL", "https://app.example.org"),
    (
        "GATEHOUSE_MAIL_URL",
        "smtp://mailer:hunter2@192.0.2.1:25?tls=opportunistic",
    ),
    ("REDIS_URL", "redis://:hunter2@192.0.2.1:6379/0"),
];

#[tokio::test(flavor = "multi_thread")]
async fn production_warns_of_each_connection_that_nothing_protects() {
    let folder = TempDir::new().unwrap();
    let database = TestDatabase::create_empty().await;
    let mut variables = UNPROTECTED.to_vec();
    variables.push(("DATABASE_URL", &database.url));
    variables.push(("GATEHOUSE_LISTEN", "0.0.0.0:0"));
    let process = Launched::start(folder.path(), &variables);
    let log = process.log.join("\n");
    for said in [
        "requests arrive unencrypted",
        "email may be sent unencrypted",
        "the connection to Redis is unencrypted",
    ] {
        let line = log.lines().find(|line| line.contains(said));
        let line = line.unwrap_or_else(|| panic!("no {said:?} in {log}"));
        assert!(line.contains("WARN"), "{line}");
    }
    assert!(!log.contains("hunter2"), "{log}");
}

#[tokio::test]
async fn where_tls_is_required_such_a_connection_stops_the_start() {
    let folder = TempDir::new().unwrap();
    let mut variables = UNPROTECTED.to_vec();
    variables.push(("GATEHOUSE_REQUIRE_TLS", "on"));
    variables.push((
        "DATABASE_URL",
        "postgres://gatehouse:hunter2@192.0.2.1/gatehouse?sslmode=prefer",
    ));
    let output = gatehouse(folder.path(), &variables)
        .output_in_time()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    for name in ["DATABASE_URL", "GATEHOUSE_MAIL_URL", "REDIS_URL"] {
        assert!(
            said.lines().any(|line| line.trim().starts_with(name)),
            "{name}: {said}"
        );
    }
    assert!(!said.contains("hunter2"), "{said}");
}

/// A PostgreSQL that declines TLS (`N`), as an attacker in transit could. Returns everything that it received.
fn without_tls() -> (u16, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let told = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut told = vec![0; 8];
        stream.read_exact(&mut told).unwrap();
        stream.write_all(b"N").unwrap();
        stream.read_to_end(&mut told).unwrap();
        told
    });
    (port, told)
}

#[test]
fn a_database_without_tls_receives_nothing_if_tls_is_required() {
    let folder = TempDir::new().unwrap();
    let (port, told) = without_tls();
    let url =
        format!("postgres://gatehouse:hunter2@127.0.0.1:{port}/gatehouse?sslmode=verify-full");
    let output = gatehouse(folder.path(), &[("DATABASE_URL", &url)])
        .output_in_time()
        .unwrap();
    assert!(!output.status.success());
    // The length of the request for TLS, and its code; nothing after it was declined.
    let request = [8_u32.to_be_bytes(), 80_877_103_u32.to_be_bytes()].concat();
    assert_eq!(told.join().unwrap(), request);
}
