//! The running service: two listeners, the workers, and an end without losing a request.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::{App, StartError};
use crate::http::{admin_router, api_router};
use crate::{graphql, workers};

/// How long requests under way may take to finish once the service is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// A service whose listeners are bound, so that its addresses are known before it runs.
#[derive(Debug)]
pub struct Server {
    app: Arc<App>,
    api: TcpListener,
    admin: TcpListener,
    api_address: SocketAddr,
    admin_address: SocketAddr,
}

impl Server {
    /// Binds both listeners.
    pub async fn bind(app: Arc<App>) -> Result<Self, StartError> {
        let (api, api_address) = listen("GATEHOUSE_LISTEN", app.config.listen.api).await?;
        let (admin, admin_address) =
            listen("GATEHOUSE_ADMIN_LISTEN", app.config.listen.admin).await?;
        Ok(Self {
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
        let api = serve(self.api, api_router(self.app.clone(), schema), stop.clone());
        let admin = serve(self.admin, admin_router(self.app.clone()), stop.clone());
        let stopping = stop.clone();
        tokio::spawn(async move {
            shutdown.await;
            tracing::info!("stopping: no more requests are taken");
            stopping.cancel();
        });
        let farewell = async {
            stop.cancelled().await;
            tokio::time::sleep(FAREWELL).await;
        };
        tasks.close();
        let served = tokio::select! {
            served = async { tokio::try_join!(api, admin).map(|_| ()) } => served,
            () = farewell => {
                tracing::warn!("stopped with requests under way");
                Ok(())
            }
        };
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

async fn listen(
    setting: &str,
    address: SocketAddr,
) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error: std::io::Error| {
        StartError::new(format!(
            "cannot listen on {address}: {error}\n  Stop what listens there, or set {setting} to another address."
        ))
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
}
