//! Clients that hold connections and say little.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::TestApp;

/// Whether the server hangs up within a while.
async fn is_hung_up_on(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    let read = timeout(Duration::from_secs(20), stream.read_to_end(&mut rest)).await;
    read.is_ok()
}

#[tokio::test]
async fn half_a_head_is_not_waited_for() {
    let app =
        TestApp::with(|config| config.listen.header_timeout = Duration::from_millis(300)).await;
    for said in ["", "POST /graphql HTTP/1.1\r\nHost: local"] {
        let mut stream = TcpStream::connect(app.api).await.unwrap();
        stream.write_all(said.as_bytes()).await.unwrap();
        assert!(is_hung_up_on(&mut stream).await, "{said:?}");
    }
    assert!(app.anonymous().me().await.status.is_success());
}

#[tokio::test]
async fn a_connection_that_lies_idle_is_ended() {
    let app =
        TestApp::with(|config| config.listen.header_timeout = Duration::from_millis(300)).await;
    let mut stream = TcpStream::connect(app.api).await.unwrap();
    let request = "GET /.well-known/jwks.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    assert!(is_hung_up_on(&mut stream).await);
}

#[tokio::test]
async fn a_connection_of_http_2_that_lies_idle_is_ended() {
    let app = TestApp::with(|config| {
        config.listen.header_timeout = Duration::from_millis(300);
        config.limits.request_timeout = Duration::from_millis(700);
    })
    .await;
    let mut stream = TcpStream::connect(app.api).await.unwrap();
    let preface_and_settings = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    // GET / of localhost, as one HEADERS frame that ends the request (RFC 9113, section 6.2; RFC 7541, appendix A).
    let request = b"\0\0\x0e\x01\x05\0\0\0\x01\x82\x86\x84\x01\x09localhost";
    stream.write_all(preface_and_settings).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut said = Vec::new();
    let read = timeout(Duration::from_secs(20), stream.read_to_end(&mut said)).await;
    assert!(read.is_ok(), "not hung up on");
    assert!(types_of_frames(&said).contains(&1), "answered before");
}

/// The types of the HTTP/2 frames that `bytes` hold (RFC 9113, section 4.1).
fn types_of_frames(bytes: &[u8]) -> Vec<u8> {
    let mut types = Vec::new();
    let mut rest = bytes;
    while let [high, middle, low, kind, ..] = rest {
        types.push(*kind);
        let length = usize::from(*high) << 16 | usize::from(*middle) << 8 | usize::from(*low);
        rest = rest.get(9 + length..).unwrap_or_default();
    }
    types
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_given_up() {
    let app = TestApp::with(|config| {
        config.listen.header_timeout = Duration::from_millis(300);
        config.limits.request_timeout = Duration::from_millis(700);
    })
    .await;
    let mut stream = TcpStream::connect(app.api).await.unwrap();
    let path = format!("/graphql?query=%7B{}%7D", "__typename,".repeat(30));
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n");
    // Far more answers than fit into the buffers of both ends: the server has to stop writing, and then waits.
    let pipelined = request.repeat(60_000);
    let writing = stream.write_all(pipelined.as_bytes());
    let written = timeout(Duration::from_secs(20), writing).await;
    assert!(written.unwrap().is_err(), "hung up on while it still sends");
}

#[tokio::test]
async fn connections_beyond_the_cap_are_refused_and_the_others_served() {
    let app = TestApp::with(|config| config.listen.max_connections = 10).await;
    let mut held = Vec::new();
    for _ in 0..9 {
        held.push(TcpStream::connect(app.api).await.unwrap());
    }
    assert!(app.anonymous().me().await.status.is_success(), "the tenth");
    held.push(TcpStream::connect(app.api).await.unwrap());
    held.push(TcpStream::connect(app.api).await.unwrap());
    let mut one_more = TcpStream::connect(app.api).await.unwrap();
    assert!(is_hung_up_on(&mut one_more).await);
    held.clear();
    let mut tries = 0;
    while timeout(
        Duration::from_secs(5),
        reqwest::get(app.url("/.well-known/jwks.json")),
    )
    .await
    .is_ok_and(|answer| answer.is_err())
    {
        tries += 1;
        assert!(tries < 100);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
