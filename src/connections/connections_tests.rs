//! Connections with short timeouts, over HTTP/1, HTTP/2 and a protocol that follows an upgrade.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::TcpListener;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, Response, StatusCode, header};
use axum::routing::get;
use futures_util::stream::{self, StreamExt as _};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::LimitingAcceptor;
use super::progress::Timeouts;
use crate::config::Config;

const TIMEOUTS: Timeouts = Timeouts {
    idle: Duration::from_millis(600),
    stalled: Duration::from_millis(800),
};
/// Far longer than both, so that a connection that is never closed fails its test.
const LONG: Duration = Duration::from_secs(10);
const TICK: Duration = Duration::from_millis(100);
/// As many as take three times as long as the longer timeout.
const TICKS: usize = 24;

/// Serves `router` within [`TIMEOUTS`] and connects to it.
async fn connect(router: Router) -> TokioIo<TcpStream> {
    let mut acceptor =
        LimitingAcceptor::new(&Config::load(&BTreeMap::new(), None).unwrap(), (100, 100));
    acceptor.timeouts = TIMEOUTS;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let server = axum_server::from_tcp(listener).unwrap().acceptor(acceptor);
    tokio::spawn(server.serve(router.into_make_service()));
    TokioIo::new(TcpStream::connect(address).await.unwrap())
}

fn request() -> Request<String> {
    let request = Request::get("http://localhost/");
    // What HTTP/1 needs for an upgrade, and hyper leaves out in HTTP/2.
    let request = request.header(header::CONNECTION, "upgrade");
    let request = request.header(header::UPGRADE, "echo");
    request.body(String::new()).unwrap()
}

async fn over_http1(router: Router) -> Response<Incoming> {
    let (mut sender, connection) = http1::handshake(connect(router).await).await.unwrap();
    tokio::spawn(connection.with_upgrades());
    sender.send_request(request()).await.unwrap()
}

async fn over_http2(router: Router) -> Response<Incoming> {
    let io = connect(router).await;
    let (mut sender, connection) = http2::handshake(TokioExecutor::new(), io).await.unwrap();
    tokio::spawn(connection);
    let response = sender.send_request(request()).await.unwrap();
    // The last sender to be dropped would end the connection.
    tokio::spawn(async move {
        sleep(2 * LONG).await;
        drop(sender);
    });
    response
}

fn streams(next: impl Fn(usize) -> Option<Duration> + Clone + Send + Sync + 'static) -> Router {
    Router::new().route(
        "/",
        get(async move || {
            Body::from_stream(stream::unfold(0, move |sent| {
                let pause = next(sent);
                async move {
                    sleep(pause?).await;
                    Some((Ok::<_, Infallible>(Bytes::from_static(b"x")), sent + 1))
                }
            }))
        }),
    )
}

#[tokio::test]
async fn streaming_response_outlives_the_timeouts_while_it_moves() {
    let ticks = || streams(|sent| (sent < TICKS).then_some(TICK));
    let (one, two) = tokio::join!(over_http1(ticks()), over_http2(ticks()));
    let (one, two) = tokio::join!(one.into_body().collect(), two.into_body().collect());
    assert_eq!(one.unwrap().to_bytes().len(), TICKS);
    assert_eq!(two.unwrap().to_bytes().len(), TICKS);
}

#[tokio::test]
async fn streaming_response_that_stops_moving_is_closed() {
    let stops = || streams(|sent| Some(if sent < 3 { TICK } else { 2 * LONG }));
    for response in [over_http1(stops()).await, over_http2(stops()).await] {
        let read = timeout(LONG, response.into_body().collect()).await;
        assert!(read.expect("the connection is closed").is_err());
    }
}

/// A response without end.
fn endless() -> Router {
    let route = get(async || {
        let block = Bytes::from_static(&[0; 16 * 1024]);
        Body::from_stream(stream::repeat(block).map(Ok::<_, Infallible>))
    });
    Router::new().route("/", route)
}

#[tokio::test]
async fn connection_whose_client_stops_reading_is_closed() {
    for response in [over_http1(endless()).await, over_http2(endless()).await] {
        let mut body = response.into_body();
        assert!(body.frame().await.unwrap().is_ok());
        sleep(2 * TIMEOUTS.stalled).await;
        let read = timeout(LONG, async {
            while let Some(frame) = body.frame().await {
                frame?;
            }
            Ok::<_, hyper::Error>(())
        });
        assert!(read.await.expect("the connection is closed").is_err());
    }
}

/// Changes the protocol, and sends back what the client sends.
fn echo() -> Router {
    Router::new().route(
        "/",
        get(async |request: Request<Body>| {
            tokio::spawn(async move {
                let upgraded = hyper::upgrade::on(request).await.unwrap();
                let mut upgraded = TokioIo::new(upgraded);
                let mut byte = [0];
                while upgraded.read_exact(&mut byte).await.is_ok() {
                    upgraded.write_all(&byte).await.unwrap();
                }
            });
            let response = Response::builder().status(StatusCode::SWITCHING_PROTOCOLS);
            let response = response.header(header::CONNECTION, "upgrade");
            let response = response.header(header::UPGRADE, "echo");
            response.body(Body::empty()).unwrap()
        }),
    )
}

#[tokio::test]
async fn upgraded_connection_lives_while_its_client_sends() {
    let response = over_http1(echo()).await;
    let mut upgraded = TokioIo::new(hyper::upgrade::on(response).await.unwrap());
    let mut byte = [0];
    for _ in 0..TICKS {
        sleep(TICK).await;
        upgraded.write_all(b"x").await.unwrap();
        upgraded.read_exact(&mut byte).await.unwrap();
    }
    let closed = timeout(LONG, upgraded.read(&mut byte)).await;
    assert!(matches!(
        closed.expect("the connection is closed"),
        Ok(0) | Err(_)
    ));
}
