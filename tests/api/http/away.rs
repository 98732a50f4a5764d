//! An unreachable database server: no request waits in vain, and clients learn when to retry.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::json;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::support::{PASSWORD, TestApp};

/// The way to a server, which can be cut.
struct Way {
    is_open: Arc<AtomicBool>,
}

impl Way {
    /// Leads from the address returned to `server`.
    fn to(server: String) -> (Self, SocketAddr) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let is_open = Arc::new(AtomicBool::new(true));
        let open = is_open.clone();
        tokio::spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            let mut connections = JoinSet::new();
            let mut look = tokio::time::interval(Duration::from_millis(10));
            loop {
                tokio::select! {
                    _ = look.tick() => if !open.load(Ordering::SeqCst) {
                        connections.abort_all();
                    },
                    Ok((mut client, _)) = listener.accept() => if open.load(Ordering::SeqCst) {
                        let server = server.clone();
                        connections.spawn(async move {
                            let mut server = TcpStream::connect(server).await.unwrap();
                            drop(copy_bidirectional(&mut client, &mut server).await);
                        });
                    },
                }
            }
        });
        (Self { is_open }, address)
    }

    fn cut(&self) {
        self.is_open.store(false, Ordering::SeqCst);
    }

    fn mend(&self) {
        self.is_open.store(true, Ordering::SeqCst);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_fail_at_once_and_may_be_repeated_while_the_server_is_away() {
    let mut way = None;
    let app = TestApp::with(|config| {
        let url = secrecy::ExposeSecret::expose_secret(&config.database.url).to_owned();
        if let Ok(mut url) = url::Url::parse(&url)
            && let (Some(host), Some(port)) = (url.host_str(), url.port())
        {
            let (to, address) = Way::to(format!("{host}:{port}"));
            url.set_host(Some("127.0.0.1")).unwrap();
            url.set_port(Some(address.port())).unwrap();
            config.database.url = String::from(url).into();
            way = Some(to);
        }
    })
    .await;
    let ann = app.signed_up("ann").await;
    let Some(way) = way else {
        // SQLite is a file; tests/api/http/storage_faults.rs takes that away.
        assert!(ann.is_signed_in().await);
        return;
    };

    way.cut();

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

    way.mend();

    let deadline = Instant::now() + Duration::from_secs(30);
    while !ann.me().await.at("/data/me").is_object() {
        assert!(Instant::now() < deadline, "it never came back");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    app.anonymous().login("ann", PASSWORD).await.ok();
}
