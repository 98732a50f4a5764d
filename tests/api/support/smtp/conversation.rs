//! What the server says on one connection, and where it breaks off.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};
use std::{future, io, mem};

use mailin::{Action, AuthMechanism, Handler, Response, Session, SessionBuilder, response};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::{Manner, Received, Security};

/// The code after which the lines of a mail follow.
const START_DATA: u16 = 354;
/// How much of a mail is read before [`Manner::DropMidway`] hangs up.
const LINES_BEFORE_DROP: usize = 3;

/// What all connections know.
pub(super) struct Shared {
    pub(super) security: Security,
    pub(super) credentials: Option<(String, String)>,
    tls: TlsAcceptor,
    pub(super) manner: Mutex<Manner>,
    pub(super) received: Mutex<Vec<Received>>,
    pub(super) connections: AtomicUsize,
    pub(super) names: Mutex<Vec<String>>,
}

impl Shared {
    pub(super) fn new(
        security: Security,
        credentials: Option<(&str, &str)>,
        tls: TlsAcceptor,
    ) -> Self {
        Self {
            security,
            credentials: credentials.map(|(name, password)| (name.into(), password.into())),
            tls,
            manner: Mutex::new(Manner::Accept),
            received: Mutex::default(),
            connections: AtomicUsize::new(0),
            names: Mutex::default(),
        }
    }

    fn manner(&self) -> Manner {
        *self.manner.lock().unwrap()
    }

    /// Never returns while the server stalls.
    async fn stall(&self) {
        if self.manner() == Manner::Stall {
            future::pending::<()>().await;
        }
    }

    /// What the recipients of the next mail are answered.
    fn verdict(&self) -> Response {
        let mut manner = self.manner.lock().unwrap();
        match *manner {
            Manner::TryLater(mails @ 1..) => {
                *manner = Manner::TryLater(mails - 1);
                Response::custom(451, "4.7.1 try later".into())
            }
            Manner::Reject => {
                Response::custom(550, "5.1.1 <ann@example.org>: no such mailbox: ann".into())
            }
            _ => response::OK,
        }
    }

    fn session(self: &Arc<Self>, address: SocketAddr, encrypted: bool) -> Session<Postbox> {
        let mut builder = SessionBuilder::new("localhost");
        if self.security == Security::Plain {
            builder.insecure_enable_plaintext_auth();
        }
        if self.security == Security::StartTls {
            builder.enable_start_tls();
        }
        if self.credentials.is_some() {
            builder
                .enable_auth(AuthMechanism::Plain)
                .enable_auth(AuthMechanism::Login);
        }
        let mut session = builder.build(address.ip(), Postbox::new(self.clone(), encrypted));
        if encrypted {
            session.tls_active();
        }
        session
    }
}

/// Decides about one connection's mails.
struct Postbox {
    shared: Arc<Shared>,
    encrypted: bool,
    verdict: Response,
    mail: Received,
}

impl Postbox {
    fn new(shared: Arc<Shared>, encrypted: bool) -> Self {
        Self {
            shared,
            encrypted,
            verdict: response::OK,
            mail: Received::default(),
        }
    }
}

impl Handler for Postbox {
    fn helo(&mut self, _: IpAddr, name: &str) -> Response {
        self.shared.names.lock().unwrap().push(name.to_owned());
        response::OK
    }

    fn mail(&mut self, _: IpAddr, _: &str, _: &str) -> Response {
        if self.shared.security == Security::StartTls && !self.encrypted {
            return Response::custom(530, "5.7.0 TLS first".into());
        }
        self.verdict = self.shared.verdict();
        response::OK
    }

    fn rcpt(&mut self, _: &str) -> Response {
        self.verdict.clone()
    }

    fn data_start(&mut self, _: &str, from: &str, _: bool, to: &[String]) -> Response {
        self.mail = Received {
            from: from.into(),
            to: to.into(),
            data: Vec::new(),
        };
        response::OK
    }

    fn data(&mut self, line: &[u8]) -> io::Result<()> {
        self.mail.data.extend_from_slice(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        if self.shared.manner() != Manner::DropMidway {
            self.shared
                .received
                .lock()
                .unwrap()
                .push(mem::take(&mut self.mail));
        }
        response::OK
    }

    fn auth_plain(&mut self, _: &str, name: &str, password: &str) -> Response {
        self.auth_login(name, password)
    }

    fn auth_login(&mut self, name: &str, password: &str) -> Response {
        match &self.shared.credentials {
            Some((n, p)) if n == name && p == password => response::AUTH_OK,
            _ => response::INVALID_CREDENTIALS,
        }
    }
}

/// An error ends this connection only: clients go away when they like.
pub(super) async fn serve(
    shared: Arc<Shared>,
    mut stream: TcpStream,
    client: SocketAddr,
) -> io::Result<()> {
    shared.stall().await;
    let encrypted = shared.session(client, true);
    if shared.security == Security::Tls {
        let mut stream = shared.tls.accept(stream).await?;
        say(&mut stream, &encrypted.greeting()).await?;
        return converse(&shared, stream, encrypted).await.map(drop);
    }
    let session = shared.session(client, false);
    say(&mut stream, &session.greeting()).await?;
    if let Some(stream) = converse(&shared, stream, session).await? {
        let stream = shared.tls.accept(stream).await?;
        converse(&shared, stream, encrypted).await?;
    }
    Ok(())
}

/// Gives the stream back when the client wants TLS on it.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    shared: &Shared,
    stream: S,
    mut session: Session<Postbox>,
) -> io::Result<Option<S>> {
    let mut stream = BufReader::new(stream);
    let mut line = Vec::new();
    let (mut in_data, mut lines) = (false, 0);
    while stream.read_until(b'\n', &mut line).await? > 0 {
        shared.stall().await;
        let is_greeting = line.to_ascii_uppercase().starts_with(b"EHLO");
        if is_greeting && shared.manner() == Manner::AnnounceUtf8 {
            stream.write_all(b"250-SMTPUTF8\r\n").await?;
        }
        let answer = session.process(&mem::take(&mut line));
        if answer.action == Action::NoReply {
            lines += 1;
            if lines >= LINES_BEFORE_DROP && shared.manner() == Manner::DropMidway {
                return Ok(None);
            }
            continue;
        }
        lines = 0;
        if mem::replace(&mut in_data, answer.code == START_DATA) {
            match shared.manner() {
                Manner::DropMidway | Manner::DropAfterData => return Ok(None),
                Manner::Slow(time) => tokio::time::sleep(time).await,
                _ => {}
            }
        }
        say(&mut stream, &answer).await?;
        match answer.action {
            Action::UpgradeTls => return Ok(Some(stream.into_inner())),
            Action::Close => return stream.shutdown().await.map(|()| None),
            Action::NoReply | Action::Reply => {}
        }
    }
    Ok(None)
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, answer: &Response) -> io::Result<()> {
    stream.write_all(&answer.buffer()?).await?;
    stream.flush().await
}
