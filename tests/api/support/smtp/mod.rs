//! A mail server inside the test: it speaks real SMTP and TLS, and misbehaves on request.

mod certificates;
mod conversation;

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinSet;

use certificates::certificates;
use conversation::{Shared, serve};

/// A running mail server. Dropping it closes the port and every connection.
pub(crate) struct SmtpServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    certificates: TempDir,
    listening: JoinSet<()>,
    /// Keeps the port from others while nobody listens on it.
    reserved: Option<TcpSocket>,
}

/// What the port speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    Plain,
    /// Accepts no email before STARTTLS.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// How the server treats its clients.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Accept,
    /// Says that it takes addresses beyond ASCII.
    AnnounceUtf8,
    /// Puts off the recipient of this many mails, and takes what comes after.
    TryLater(usize),
    /// Knows none of the recipients.
    Reject,
    /// Takes the connection and says nothing any more.
    Stall,
    /// Hangs up while the mail is on its way, and keeps nothing of it.
    DropMidway,
    /// Keeps the mail and hangs up, so the client cannot know.
    DropAfterData,
    /// Keeps the mail at once and says so only after this long.
    Slow(Duration),
}

/// A mail the server has kept whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) data: Vec<u8>,
}

impl SmtpServer {
    /// Without TLS, open to everybody.
    pub(crate) fn start() -> Self {
        Self::start_with(Security::Plain, None)
    }

    /// Where credentials are given, mail is taken only from who proves to have them.
    pub(crate) fn start_with(security: Security, credentials: Option<(&str, &str)>) -> Self {
        let (root, tls) = certificates();
        let certificates = TempDir::new().unwrap();
        std::fs::write(certificates.path().join("ca.pem"), root).unwrap();
        let socket = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let mut server = Self {
            address: socket.local_addr().unwrap(),
            shared: Arc::new(Shared::new(security, credentials, tls)),
            certificates,
            listening: JoinSet::new(),
            reserved: Some(socket),
        };
        server.listen_again();
        server
    }

    /// Where the server is and how to speak to it, as the client's setting has it.
    pub(crate) fn url(&self) -> String {
        let port = self.address.port();
        let user = match &self.shared.credentials {
            Some((name, password)) => format!("{}:{}@", escaped(name), escaped(password)),
            None => String::new(),
        };
        match self.shared.security {
            Security::Plain => format!("smtp://{user}127.0.0.1:{port}"),
            Security::StartTls => format!("smtp://{user}localhost:{port}?tls=required"),
            Security::Tls => format!("smtps://{user}localhost:{port}"),
        }
    }

    /// The root to trust, as PEM. No client knows it by itself.
    pub(crate) fn ca_file(&self) -> PathBuf {
        self.certificates.path().join("ca.pem")
    }

    /// Counts from the next connection or command on.
    pub(crate) fn behave(&self, manner: Manner) {
        *self.shared.manner.lock().unwrap() = manner;
    }

    /// The mails kept so far, in order.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    /// What clients have called themselves so far.
    pub(crate) fn names(&self) -> Vec<String> {
        self.shared.names.lock().unwrap().clone()
    }

    /// The connections taken so far.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// From now on connections are refused; those there are break off.
    pub(crate) async fn refuse_connections(&mut self) {
        self.listening.shutdown().await;
        self.reserved.get_or_insert_with(|| bind(self.address));
    }

    /// Ends [`Self::refuse_connections`], on the same port.
    pub(crate) fn listen_again(&mut self) {
        if let Some(socket) = self.reserved.take() {
            let listener = socket.listen(128).unwrap();
            self.listening
                .spawn(take_connections(listener, self.shared.clone()));
        }
    }
}

async fn take_connections(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, address) = listener.accept().await.unwrap();
        shared.connections.fetch_add(1, Ordering::SeqCst);
        connections.spawn(serve(shared.clone(), stream, address));
    }
}

/// The port is ours at once, yet refuses connections until someone listens.
fn bind(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address).unwrap();
    socket
}

/// Stands in a URL for the text, whatever the text is.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut url, byte| {
        write!(url, "%{byte:02X}").unwrap();
        url
    })
}
