//! The running service: two listeners, the workers, and a graceful shutdown.

use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::{App, StartError};
use crate::config::Config;
use crate::connections::{
    ADMIN_CONNECTIONS, AcceptFailures, LimitingAcceptor, affordable_connections,
};
use crate::graphql::Documents;
pub(crate) use crate::http::graphiql_is_built;
use crate::http::{admin_router, api_router};
use crate::tls::{follow_changes, load};
use crate::{graphql, workers};

/// How long requests in progress may take to finish after a shutdown is requested.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// The maximum size in bytes of a request's head; in HTTP/2 of its header fields (RFC 9113, section 6.5.2).
const HEAD_BYTES: u32 = 16 * 1024;

/// The maximum number of concurrent requests on one HTTP/2 connection.
const STREAMS: u32 = 16;

/// A service whose listeners are bound, so that its addresses are known before it runs.
pub struct Server {
    app: Arc<App>,
    api: TcpListener,
    admin: TcpListener,
    tls: Option<RustlsConfig>,
    documents: Arc<Documents>,
    api_address: SocketAddr,
    admin_address: SocketAddr,
}

impl Server {
    /// Binds both listeners.
    pub fn bind(app: Arc<App>) -> Result<Self, StartError> {
        let (api, api_address) = listen("GATEHOUSE_LISTEN", app.config.listen.api)?;
        let (admin, admin_address) = listen("GATEHOUSE_ADMIN_LISTEN", app.config.listen.admin)?;
        let tls = app.config.listen.tls.as_ref();
        let tls = tls.map(|tls| load(tls, &app.metrics)).transpose();
        Ok(Self {
            tls: tls.map_err(StartError::new)?,
            documents: Arc::new(Documents::load(&app).map_err(StartError::new)?),
            app,
            api,
            admin,
            api_address,
            admin_address,
        })
    }

    /// Returns the address of the API.
    pub fn local_addr(&self) -> SocketAddr {
        self.api_address
    }

    /// Returns the address of health and metrics.
    pub fn admin_addr(&self) -> SocketAddr {
        self.admin_address
    }

    /// Serves until `shutdown` completes. Readiness then fails, and requests are accepted for `GATEHOUSE_DRAIN` longer
    /// so that load balancers can react. Requests and work in progress are finished. Health checks are served to the
    /// end.
    pub async fn run(
        self,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let (stop, end) = (CancellationToken::new(), CancellationToken::new());
        let tasks = TaskTracker::new();
        let schema = graphql::build(self.app.clone(), self.documents.clone());
        workers::run_workers(&self.app, &tasks, &stop);
        let listen = &self.app.config.listen;
        if let (Some(tls), Some(config)) = (&listen.tls, &self.tls) {
            let metrics = self.app.metrics.clone();
            let following = follow_changes(tls.clone(), config.clone(), metrics, stop.clone());
            tasks.spawn(following);
        }
        let api = api_router(self.app.clone(), schema, self.documents);
        let config = &self.app.config;
        let acceptor = LimitingAcceptor::new(config, (affordable_connections(config), usize::MAX));
        let api = serve(self.api, api, (self.tls, acceptor), (config, stop.clone()));
        let admin = admin_router(self.app.clone());
        let acceptor = LimitingAcceptor::new(config, (ADMIN_CONNECTIONS, ADMIN_CONNECTIONS / 2));
        let admin = serve(self.admin, admin, (None, acceptor), (config, end.clone()));
        tokio::spawn(drain(self.app.clone(), shutdown, stop.clone()));
        tasks.close();
        let work = async {
            let served = api.await;
            stop.cancel();
            if tokio::time::timeout(SHUTDOWN_GRACE, tasks.wait())
                .await
                .is_err()
            {
                tracing::warn!("stopped with unfinished work, resumed at the next start");
            }
            end.cancel();
            served
        };
        tokio::try_join!(work, admin).map(|_| ())
    }
}

/// Cancels `stop` when `shutdown` has completed and the drain time is over.
async fn drain(app: Arc<App>, shutdown: impl Future<Output = ()>, stop: CancellationToken) {
    shutdown.await;
    app.is_stopping.store(true, Ordering::Relaxed);
    let drain = app.config.listen.drain;
    if !drain.is_zero() {
        let seconds = drain.as_secs_f32();
        tracing::info!(seconds, "stopping: not ready, requests still served");
        tokio::time::sleep(drain).await;
    }
    tracing::info!("stopping: new requests rejected");
    stop.cancel();
}

/// Runs every worker once, for work that is due at the clock's time. For tests, which move the clock.
pub async fn run_due_work(app: &App) -> Result<(), StartError> {
    Ok(workers::run_due_work(app).await?)
}

fn listen(setting: &str, address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error: std::io::Error| {
        StartError::new(format!(
            "cannot listen on {address}: {error}\n  Stop the process that uses it, or set {setting} to another address."
        ))
    };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// Serves until `stop` is canceled and requests in progress have finished, or [`SHUTDOWN_GRACE`] is over.
async fn serve(
    listener: TcpListener,
    router: Router,
    (tls, acceptor): (Option<RustlsConfig>, LimitingAcceptor),
    (config, stop): (&Config, CancellationToken),
) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    let stopping = handle.clone();
    let asked = stop.clone();
    tokio::spawn(async move {
        asked.cancelled().await;
        stopping.graceful_shutdown(Some(SHUTDOWN_GRACE));
    });
    let timeout = config.listen.header_timeout;
    let failures = AcceptFailures::default();
    let mut server = axum_server::from_tcp(listener)?
        .handle(handle)
        .first_request_timeout(timeout)
        // With a peer: the connection's own failure, such as a TLS handshake.
        .accept_error_handler(move |peer, error| {
            if peer.is_none() {
                failures.note(error);
            }
        });
    server
        .http_builder()
        .http1()
        .header_read_timeout(timeout)
        .max_buf_size(HEAD_BYTES as usize);
    server
        .http_builder()
        .http2()
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEAD_BYTES);
    match tls {
        None => server.acceptor(acceptor).serve(service).await,
        Some(config) => {
            let acceptor = RustlsAcceptor::new(config)
                .handshake_timeout(timeout)
                .acceptor(acceptor);
            server.acceptor(acceptor).serve(service).await
        }
    }
}
