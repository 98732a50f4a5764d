//! `gatehouse serve`

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use crate::app::App;
use crate::config::{Config, MailTransport, Profile};
use crate::db::SoleProcess;
use crate::server::{Server, graphiql_is_built};

/// Runs the service until it receives a signal to stop.
pub(super) async fn serve(config: Config) -> Result<(), Box<dyn Error>> {
    let _held_to_the_end = SoleProcess::claim(&config.database).await?;
    let app = Arc::new(App::start(config).await?);
    let server = Server::bind(app.clone())?;
    // Registered before the log reports that the service runs: an earlier SIGTERM would end it without a shutdown.
    let told_to_stop = told_to_stop();
    welcome(&app.config, &server);
    check_redis(&app).await;
    Ok(server.run(told_to_stop).await?)
}

fn welcome(config: &Config, server: &Server) {
    let (api, admin) = (server.local_addr(), server.admin_addr());
    let scheme = config.listen.tls.as_ref().map_or("http", |_| "https");
    tracing::info!(
        "Gatehouse {} in {:?} profile",
        env!("CARGO_PKG_VERSION"),
        config.profile
    );
    tracing::info!("database  {}", config.database.shown_url);
    if let Some(replica) = &config.database.replica {
        tracing::info!("replica   {}", replica.shown_url);
    }
    if config.limits.graphiql {
        tracing::info!("GraphiQL  {scheme}://{api}/graphiql");
        if !graphiql_is_built() {
            // A debug build serves it from the next request on.
            let then = if cfg!(debug_assertions) {
                ""
            } else {
                " and build again"
            };
            tracing::info!(
                "GraphiQL  not built: browsers load it from unpkg.com. To serve it from here, run `npm ci && npm run build` in playground/{then}"
            );
        }
    }
    tracing::info!("API       {scheme}://{api}/graphql");
    match &config.mail.transport {
        MailTransport::Folder(folder) if config.profile == Profile::Development => {
            tracing::info!(
                "email     {scheme}://{api}/dev/mail (written to {})",
                folder.display()
            );
        }
        MailTransport::Folder(folder) => tracing::warn!(
            "email is written to {} and not delivered; set GATEHOUSE_MAIL_URL",
            folder.display()
        ),
        MailTransport::Smtp { shown_url, .. } => tracing::info!("email     {shown_url}"),
    }
    if config.profile == Profile::Production {
        for link in config.unprotected() {
            let (setting, what, takes) = (link.setting, link.what, link.takes);
            tracing::warn!("{what}: set {setting} to {takes}");
        }
    }
    if config.profile == Profile::Production && config.listen.app_url.scheme() != "https" {
        tracing::warn!(
            "links in emails point to {}; set GATEHOUSE_APP_URL to the front end's https:// address",
            config.listen.app_url
        );
    }
    if config.profile == Profile::Production && config.mail.from.email.domain() == "localhost" {
        tracing::warn!(
            "email is sent from {}; set GATEHOUSE_MAIL_FROM",
            config.mail.from
        );
    }
    check_public_url(config, api);
    tracing::info!("keys      {scheme}://{api}/.well-known/jwks.json");
    tracing::info!("health    http://{admin}/health/ready");
    tracing::info!("metrics   http://{admin}/metrics");
    if let Some(traces) = &config.traces {
        tracing::info!("traces    {}", traces.shown_endpoint);
    }
    if config.profile == Profile::Development && config.tokens.secret.is_none() {
        tracing::info!(
            "secret    data/secret (back it up: stored passwords are useless without it)"
        );
    }
}

async fn check_redis(app: &App) {
    let Some(url) = &app.config.rate_limits.shown_redis_url else {
        return;
    };
    match app.rate_limits.check().await {
        Ok(()) => tracing::info!("Redis     {url}"),
        Err(reason) => tracing::warn!(
            reason,
            "Redis at {url} unreachable: each instance enforces its own limits"
        ),
    }
}

/// Warns if the public URL is on this machine but has another port than the listener.
fn check_public_url(config: &Config, api: SocketAddr) {
    let public = &config.listen.public_url;
    let is_here = ["localhost", "127.0.0.1", "[::1]"]
        .map(Some)
        .contains(&public.host_str());
    let is_chosen = config.listen.api.port() != 0;
    if is_here && is_chosen && public.port_or_known_default() != Some(api.port()) {
        tracing::warn!(
            "GATEHOUSE_PUBLIC_URL is {public}, but Gatehouse listens on port {}: tokens and cookies are issued for GATEHOUSE_PUBLIC_URL",
            api.port()
        );
    }
}

/// Completes on Ctrl-C or SIGTERM, with which container runtimes stop a process.
#[cfg(unix)]
fn told_to_stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminated, interrupted) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    );
    async {
        match (terminated, interrupted) {
            (Ok(mut terminated), Ok(mut interrupted)) => {
                tokio::select! {
                    _ = interrupted.recv() => {}
                    _ = terminated.recv() => {}
                }
            }
            (Err(error), _) | (_, Err(error)) => {
                tracing::warn!(%error, "signal handlers not installed: graceful shutdown is impossible");
                std::future::pending::<()>().await;
            }
        }
    }
}

/// Completes on Ctrl-C.
#[cfg(not(unix))]
async fn told_to_stop() {
    let _no_signal_left_to_wait_for = tokio::signal::ctrl_c().await;
}
