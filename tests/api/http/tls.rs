//! HTTPS in the process.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use gatehouse::config::Tls;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};

use crate::support::TestApp;

/// Writes a new certificate for `localhost` and its key; gives the certificate.
fn write_certificate(folder: &Path) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    made.cert.der().clone()
}

async fn serving(folder: &Path) -> TestApp {
    let tls = Tls {
        certificate: folder.join("cert.pem"),
        key: folder.join("key.pem"),
        reload_interval: Duration::from_millis(50),
    };
    TestApp::with(|config| config.listen.tls = Some(tls)).await
}

async fn connect(
    app: &TestApp,
    root: &CertificateDer<'static>,
    (version, protocol): (&'static SupportedProtocolVersion, &str),
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(root.clone()).unwrap();
    let provider = default_provider();
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
    let stream = TcpStream::connect(app.api).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

async fn ask(stream: &mut TlsStream<TcpStream>) -> String {
    let body = r#"{"query":"{ me { id } }"}"#;
    let request = format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"{\"data\":{\"me\":null}}") {
        let mut part = [0; 4096];
        let read = stream.read(&mut part).await.unwrap();
        assert_ne!(read, 0, "{}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&part[..read]);
    }
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn both_versions_of_tls_and_http_are_spoken() {
    let folder = TempDir::new().unwrap();
    let root = write_certificate(folder.path());
    let app = serving(folder.path()).await;
    for version in [&TLS12, &TLS13] {
        let mut stream = connect(&app, &root, (version, "http/1.1")).await.unwrap();
        let answer = ask(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let stream = connect(&app, &root, (version, "h2")).await.unwrap();
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    }
}

#[tokio::test]
async fn what_is_no_tls_is_not_answered() {
    let folder = TempDir::new().unwrap();
    write_certificate(folder.path());
    let app = serving(folder.path()).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    assert!(
        http.get(app.url("/.well-known/jwks.json"))
            .send()
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_changed_certificate_is_used_and_no_connection_breaks() {
    let folder = TempDir::new().unwrap();
    let old = write_certificate(folder.path());
    let app = serving(folder.path()).await;
    let mut before = connect(&app, &old, (&TLS13, "http/1.1")).await.unwrap();
    ask(&mut before).await;
    // File systems that count in seconds would not see the change.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    std::fs::write(folder.path().join("cert.pem"), "half written").unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    connect(&app, &old, (&TLS13, "http/1.1")).await.unwrap();

    let new = write_certificate(folder.path());

    let mut attempts = 0;
    while connect(&app, &new, (&TLS13, "http/1.1")).await.is_err() {
        attempts += 1;
        assert!(attempts < 100, "it never changed");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(connect(&app, &old, (&TLS13, "http/1.1")).await.is_err());
    ask(&mut before).await;
}
