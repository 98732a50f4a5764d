//! Clients that hold connections and say little.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::TestApp;

/// Whether the server hangs up before an idle connection would be ended anyway, by default.
async fn is_hung_up_on(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    let read = timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await;
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

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: &[u8] = b"\0\0\0\x04\0\0\0\0\0";
/// `SETTINGS_INITIAL_WINDOW_SIZE` is 0: no answer may be sent (RFC 9113, section 6.5.2).
const CLOSED_WINDOW: &[u8] = b"\0\0\x06\x04\0\0\0\0\0\0\x04\0\0\0\0";
const PING: &[u8] = b"\0\0\x08\x06\0\0\0\0\0seventee";
/// GET /.well-known/jwks.json of localhost, as one HEADERS frame that ends the request (RFC 9113, section 6.2;
/// RFC 7541, appendix A).
const REQUEST: &[u8] =
    b"\0\0\x25\x01\x05\0\0\0\x01\x82\x86\x04\x16/.well-known/jwks.json\x01\x09localhost";

async fn impatient() -> TestApp {
    TestApp::with(|config| {
        config.listen.header_timeout = Duration::from_millis(300);
        config.limits.request_timeout = Duration::from_millis(700);
    })
    .await
}

/// Says `first`, and then a PING now and then until the server hangs up; all that it said meanwhile.
async fn keep_alive(app: &TestApp, first: &[&[u8]]) -> Vec<u8> {
    let mut stream = TcpStream::connect(app.api).await.unwrap();
    stream.write_all(&first.concat()).await.unwrap();
    let mut said = Vec::new();
    for _ in 0..200 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let read = timeout(Duration::from_millis(1), stream.read_buf(&mut said)).await;
        if matches!(read, Ok(Ok(0) | Err(_))) || stream.write_all(PING).await.is_err() {
            return said;
        }
    }
    panic!("not hung up on for 20 seconds");
}

#[tokio::test]
async fn pings_keep_no_connection_of_http_2() {
    let app = impatient().await;
    let said = keep_alive(&app, &[PREFACE, SETTINGS]).await;
    assert!(!types_of_frames(&said).contains(&1), "nothing was asked");
    let said = keep_alive(&app, &[PREFACE, SETTINGS, REQUEST]).await;
    assert!(types_of_frames(&said).contains(&0), "answered before");
}

#[tokio::test]
async fn an_answer_behind_a_closed_window_is_not_kept_for_ever() {
    let app = impatient().await;
    let said = keep_alive(&app, &[PREFACE, CLOSED_WINDOW, REQUEST]).await;
    let types = types_of_frames(&said);
    assert!(types.contains(&1) && !types.contains(&0), "{types:?}");
}

#[tokio::test]
async fn one_network_has_only_so_many_connections() {
    let app = TestApp::with(|config| config.listen.max_connections_per_network = 10).await;
    let mut held = Vec::new();
    for _ in 0..10 {
        held.push(TcpStream::connect(app.api).await.unwrap());
    }
    // Answered, so the ten before it are counted.
    let elsewhere = app.anonymous().at_local_address("127.0.0.2");
    assert!(elsewhere.me().await.status.is_success());
    let mut one_more = TcpStream::connect(app.api).await.unwrap();
    assert!(is_hung_up_on(&mut one_more).await);
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
async fn a_response_that_is_not_read_is_dropped() {
    let app = impatient().await;
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
async fn connections_over_the_limit_are_rejected_and_the_others_served() {
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
