//! The running service: two listeners, the workers, and an end without losing a request.

use std::future::{Future, Ready, ready};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::accept::{Accept, DefaultAcceptor};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::{App, StartError};
use crate::config::Listen;
use crate::http::{admin_router, api_router};
use crate::tls::{follow_changes, load};
use crate::{graphql, workers};

/// How long requests under way may take to finish once the service is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// The largest head of a request that is read, in bytes: 16 KiB hold every honest one with its cookies.
const MOST_HEAD_BYTES: u16 = 16 * 1024;

/// A service whose listeners are bound, so that its addresses are known before it runs.
#[derive(Debug)]
pub struct Server {
    app: Arc<App>,
    api: TcpListener,
    admin: TcpListener,
    tls: Option<RustlsConfig>,
    api_address: SocketAddr,
    admin_address: SocketAddr,
}

impl Server {
    /// Binds both listeners.
    pub fn bind(app: Arc<App>) -> Result<Self, StartError> {
        let (api, api_address) = listen("GATEHOUSE_LISTEN", app.config.listen.api)?;
        let (admin, admin_address) = listen("GATEHOUSE_ADMIN_LISTEN", app.config.listen.admin)?;
        let tls = app.config.listen.tls.as_ref().map(load).transpose();
        Ok(Self {
            tls: tls.map_err(StartError::new)?,
            app,
            api,
            admin,
            api_address,
            admin_address,
        })
    }

    /// Where the API listens.
    pub fn local_addr(&self) -> SocketAddr {
        self.api_address
    }

    /// Where health and metrics are served.
    pub fn admin_addr(&self) -> SocketAddr {
        self.admin_address
    }

    /// Serves until `shutdown` completes; then takes no more requests, finishes those under way and the
    /// work at hand, and returns.
    pub async fn run(
        self,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        let schema = graphql::build(self.app.clone());
        workers::run_workers(&self.app, &tasks, &stop);
        let listen = &self.app.config.listen;
        if let (Some(tls), Some(config)) = (&listen.tls, &self.tls) {
            tasks.spawn(follow_changes(tls.clone(), config.clone(), stop.clone()));
        }
        let api = api_router(self.app.clone(), schema);
        let api = serve(self.api, api, self.tls, (listen, stop.clone()));
        let admin = admin_router(self.app.clone());
        let admin = serve(self.admin, admin, None, (listen, stop.clone()));
        let stopping = stop.clone();
        tokio::spawn(async move {
            shutdown.await;
            tracing::info!("stopping: no more requests are taken");
            stopping.cancel();
        });
        tasks.close();
        let served = tokio::try_join!(api, admin).map(|_| ());
        stop.cancel();
        if tokio::time::timeout(FAREWELL, tasks.wait()).await.is_err() {
            tracing::warn!("stopped with work under way; it is taken up at the next start");
        }
        served
    }
}

/// Runs every worker once, for what is due at the clock's time. For tests, which move the clock.
pub async fn run_due_work(app: &App) -> Result<(), StartError> {
    Ok(workers::run_due_work(app).await?)
}

fn listen(setting: &str, address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error: std::io::Error| {
        StartError::new(format!(
            "cannot listen on {address}: {error}\n  Stop what listens there, or set {setting} to another address."
        ))
    };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// Serves until `stop` is cancelled and what is under way has finished, or [`FAREWELL`] is over.
async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<RustlsConfig>,
    (listen, stop): (&Listen, CancellationToken),
) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    let stopping = handle.clone();
    let asked = stop.clone();
    tokio::spawn(async move {
        asked.cancelled().await;
        stopping.graceful_shutdown(Some(FAREWELL));
    });
    let capped = Capped {
        inner: DefaultAcceptor::new(),
        handle: handle.clone(),
        most: listen.max_connections,
    };
    let timeout = listen.header_timeout;
    let mut server = axum_server::from_tcp(listener)?
        .handle(handle)
        .first_request_timeout(timeout);
    let mut builder = server.http_builder().http1();
    builder.header_read_timeout(timeout);
    builder.max_buf_size(MOST_HEAD_BYTES.into());
    let mut builder = server.http_builder().http2();
    builder.max_header_list_size(MOST_HEAD_BYTES.into());
    match tls {
        None => server.acceptor(capped).serve(service).await,
        Some(config) => {
            let acceptor = RustlsAcceptor::new(config)
                .handshake_timeout(timeout)
                .acceptor(capped);
            server.acceptor(acceptor).serve(service).await
        }
    }
}

/// Hangs up on connections beyond a number.
#[derive(Clone)]
struct Capped {
    inner: DefaultAcceptor,
    handle: Handle<SocketAddr>,
    most: usize,
}

impl<I, S> Accept<I, S> for Capped {
    type Stream = I;
    type Service = S;
    type Future = Ready<std::io::Result<(I, S)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        if self.handle.connection_count() > self.most {
            tracing::warn!(most = self.most, "connection refused: too many");
            return ready(Err(std::io::Error::other("too many connections")));
        }
        self.inner.accept(stream, service)
    }
}
