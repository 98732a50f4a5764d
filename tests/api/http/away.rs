//! An unreachable database server: no request waits in vain, and clients learn when to retry.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use gatehouse::config::Config;
use reqwest::StatusCode;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::support::{PASSWORD, TestApp};

/// The way to a server, which can be cut or frozen.
pub(super) struct Way {
    state: watch::Sender<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Open,
    /// Connections are made and kept, and nothing passes.
    Frozen,
    Cut,
}

impl Way {
    /// Leads from the address returned to `server`.
    fn to(server: String) -> (Self, SocketAddr) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, state) = watch::channel(State::Open);
        tokio::spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            loop {
                let (client, _) = listener.accept().await.unwrap();
                if *state.borrow() != State::Cut {
                    tokio::spawn(lead(client, server.clone(), state.clone()));
                }
            }
        });
        (Self { state: sender }, address)
    }

    /// Leads to the server of an application's `PostgreSQL`; `None` on SQLite.
    fn of(config: &mut Config) -> Option<Self> {
        let (way, url) = Self::to_database(config.database.url.expose_secret())?;
        config.database.url = url.into();
        Some(way)
    }

    /// Leads to the server of a `PostgreSQL` database, by the address returned; `None` for SQLite.
    pub(super) fn to_database(url: &str) -> Option<(Self, String)> {
        let mut url = url::Url::parse(url).ok()?;
        let (way, address) = Self::to(format!("{}:{}", url.host_str()?, url.port()?));
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(address.port())).unwrap();
        Some((way, url.into()))
    }

    pub(super) fn set(&self, state: State) {
        self.state.send(state).unwrap();
    }
}

async fn lead(client: TcpStream, server: String, state: watch::Receiver<State>) {
    let server = TcpStream::connect(server).await.unwrap();
    let (client_reads, client_writes) = client.into_split();
    let (server_reads, server_writes) = server.into_split();
    let mut cut = state.clone();
    tokio::select! {
        () = pump(client_reads, server_writes, state.clone()) => {}
        () = pump(server_reads, client_writes, state) => {}
        () = async { drop(cut.wait_for(|state| *state == State::Cut).await) } => {}
    }
}

async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut state: watch::Receiver<State>) {
    let mut buffer = vec![0; 8192];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        drop(state.wait_for(|state| *state != State::Frozen).await);
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_fail_at_once_and_may_be_repeated_while_the_server_is_away() {
    let mut way = None;
    let app = TestApp::with(|config| way = Way::of(config)).await;
    let ann = app.signed_up("ann").await;
    let Some(way) = way else {
        // SQLite is a file; tests/api/http/storage_faults.rs takes that away.
        assert!(ann.is_signed_in().await);
        return;
    };

    way.set(State::Cut);

    let mut fast = 0;
    let deadline = Instant::now() + Duration::from_mins(1);
    while fast < 20 {
        let asked_at = Instant::now();
        let reply = app.anonymous().login("ann", PASSWORD).await;
        reply.assert_error("UNAVAILABLE");
        assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(reply.headers["retry-after"], "1");
        assert_eq!(reply.at("/errors/0/extensions/retryAfter"), &json!(1));
        assert!(reply.at("/errors/0/extensions/requestId").is_string());
        let reply = ann.me().await;
        reply.assert_error("UNAVAILABLE");
        assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
        fast += u32::from(asked_at.elapsed() < Duration::from_secs(1));
        assert!(
            Instant::now() < deadline,
            "only {fast} of the pairs were answered at once"
        );
    }
    let settings = "{ authSettings { registrationOpen } }";
    let settings = app.anonymous().graphql(settings, json!({})).await;
    assert_eq!(settings.at("/data/authSettings/registrationOpen"), true);
    let ready = reqwest::get(app.admin_url("/health/ready")).await.unwrap();
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);

    way.set(State::Open);

    let deadline = Instant::now() + Duration::from_secs(30);
    while !ann.me().await.at("/data/me").is_object() {
        assert!(Instant::now() < deadline, "it never came back");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    app.anonymous().login("ann", PASSWORD).await.ok();
    for counted in [
        "operations_rejected_total{code=\"UNAVAILABLE\"}",
        "operations_total{operation=\"me\",outcome=\"failed\"}",
    ] {
        assert!(app.metric(counted).await >= 20, "{counted}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_server_gives_errors_in_time_and_full_service_when_it_thaws() {
    let limit = Duration::from_secs(4);
    let mut way = None;
    let app = TestApp::with(|config| {
        config.limits.request_timeout = limit;
        way = Way::of(config);
    })
    .await;
    let ann = app.signed_up("ann").await;
    let Some(way) = way else {
        // SQLite is a file; tests/api/http/storage_faults.rs takes that away.
        assert!(ann.is_signed_in().await);
        return;
    };

    way.set(State::Frozen);

    let mut requests = JoinSet::new();
    for number in 0..60 {
        let (ann, anonymous) = (ann.clone(), app.anonymous());
        requests.spawn(async move {
            let asked_at = Instant::now();
            let reply = match number % 3 {
                0 => ann.me().await,
                1 => ann.update_profile(json!({ "name": "Ann" })).await,
                _ => anonymous.login("ann", PASSWORD).await,
            };
            (reply, asked_at.elapsed())
        });
    }
    for (reply, took) in requests.join_all().await {
        let code = reply.at("/errors/0/extensions/code").clone();
        let expected = [json!("INTERNAL"), json!("UNAVAILABLE")];
        assert!(expected.contains(&code), "{}", reply.body);
        assert!(took < limit + Duration::from_secs(2), "{took:?}");
    }

    way.set(State::Open);

    let deadline = Instant::now() + Duration::from_secs(2);
    while !ann.me().await.at("/data/me").is_object() {
        assert!(Instant::now() < deadline, "it did not come back in time");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    app.anonymous().login("ann", PASSWORD).await.ok();
    assert_eq!(ann.me().await.at("/data/me/name"), &Value::Null);
    let asked: JoinSet<_> = (0..50)
        .map(|_| {
            let ann = ann.clone();
            async move { ann.is_signed_in().await }
        })
        .collect();
    assert!(asked.join_all().await.into_iter().all(|it| it));
}
