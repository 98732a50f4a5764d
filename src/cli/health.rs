//! `gatehouse health`

use std::error::Error;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use clap::Args;

use crate::config::Config;

/// Arguments of `gatehouse health`.
#[derive(Args, Debug)]
pub(super) struct Health {
    /// Check liveness only.
    #[arg(long)]
    live: bool,
}

/// Requests readiness or liveness of the running instance; fails unless the response is a success.
pub(super) async fn ask(health: Health, config: &Config) -> Result<(), Box<dyn Error>> {
    let name = if health.live { "live" } else { "ready" };
    let url = format!("http://{}/health/{name}", reachable(config.listen.admin));
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(5))
        .build()?;
    let response = client
        .get(&url)
        .send()
        .await
        .map_err(|_| format!("no response from {url}"))?;
    match response.status() {
        status if status.is_success() => Ok(()),
        status => Err(format!("{url} returned {status}: {}", response.text().await?.trim()).into()),
    }
}

/// Replaces an unspecified address by the loopback address.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => (Ipv4Addr::LOCALHOST, v4.port()).into(),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => (Ipv6Addr::LOCALHOST, v6.port()).into(),
        other => other,
    }
}
