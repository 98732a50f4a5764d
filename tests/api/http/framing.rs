//! Where one request ends and the next begins: nothing that two readers could see differently is served.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::TestApp;

/// The status lines of all answers to `bytes` on one connection, until the server closes it.
async fn answers(app: &TestApp, bytes: &str) -> Vec<String> {
    let mut stream = TcpStream::connect(app.api).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut said = Vec::new();
    let reading = stream.read_to_end(&mut said);
    let read = timeout(Duration::from_secs(20), reading).await;
    // A server that hangs up on what it has not read whole resets the connection.
    drop(read.unwrap());
    let text = String::from_utf8_lossy(&said).into_owned();
    let lines = text.lines().filter(|line| line.starts_with("HTTP/1.1 "));
    lines
        .map(|line| line["HTTP/1.1 ".len()..].chars().take(3).collect())
        .collect()
}

const BODY: &str = r#"{"query":"{ me { id } }"}"#;

fn post(headers: &str, body: &str) -> String {
    format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}\r\n{body}"
    )
}

/// Where the hidden request was seen, there are two answers.
const HIDDEN: &str = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[tokio::test]
async fn what_is_well_framed_is_served() {
    let app = TestApp::start().await;
    let plain = post(&format!("Content-Length: {}\r\n", BODY.len()), BODY);
    assert_eq!(answers(&app, &plain).await, ["200"]);
    let chunks = format!("{:x}\r\n{BODY}\r\n0\r\n\r\n", BODY.len());
    let chunked = post("Transfer-Encoding: chunked\r\n", &chunks);
    assert_eq!(answers(&app, &chunked).await, ["200"]);
}

#[tokio::test]
async fn two_lengths_are_no_length() {
    let app = TestApp::start().await;
    let length = BODY.len();
    for headers in [
        format!(
            "Content-Length: {length}\r\nContent-Length: {}\r\n",
            length + HIDDEN.len()
        ),
        format!("Content-Length: {length}, {}\r\n", length + 5),
        format!("Content-Length: +{length}\r\n"),
        format!("Content-Length: -{length}\r\n"),
        format!("Content-Length: 0x{length:x}\r\n"),
        format!("Content-Length : {length}\r\n"),
        format!("Content-Length: {length}\r\n folded\r\n"),
    ] {
        let said = answers(&app, &post(&headers, &format!("{BODY}{HIDDEN}"))).await;
        assert_eq!(said, ["400"], "{headers}");
    }
}

#[tokio::test]
async fn an_encoding_that_is_not_understood_frames_nothing() {
    let app = TestApp::start().await;
    let chunks = format!("{:x}\r\n{BODY}\r\n0\r\n\r\n{HIDDEN}", BODY.len());
    for headers in [
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: \u{b}chunked\r\n",
    ] {
        let said = answers(&app, &post(headers, &chunks)).await;
        assert_eq!(said, ["400"], "{headers}");
    }
}
