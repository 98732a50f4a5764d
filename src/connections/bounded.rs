//! What lets connections in.

use std::future::{Ready, ready};
use std::io::{Error, Result};
use std::sync::Arc;

use axum_server::accept::Accept;
use ipnet::IpNet;
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;

use super::census::Census;
use super::progress::{Patience, Progress};
use super::tracked::Tracked;
use super::watched::Watched;
use crate::config::Config;

/// Hangs up on connections beyond a number, and on those on which nothing gets anywhere.
#[derive(Clone)]
pub(crate) struct Bounded {
    census: Arc<Census>,
    most: usize,
    of_network: usize,
    /// Where many clients come from one address.
    proxies: Vec<IpNet>,
    patience: Patience,
}

impl Bounded {
    /// As the settings have it, for one listener.
    pub(crate) fn new(config: &Config) -> Self {
        let head = config.listen.header_timeout;
        let request = config.limits.request_timeout;
        Self {
            census: Arc::default(),
            most: config.listen.max_connections,
            of_network: config.listen.max_connections_of_network,
            proxies: config.listen.trusted_proxies.clone(),
            patience: Patience {
                idle: head + request,
                answer: head * 6 + request,
            },
        }
    }
}

impl<S> Accept<TcpStream, S> for Bounded {
    type Stream = Watched;
    type Service = Tracked<S>;
    type Future = Ready<Result<(Watched, Tracked<S>)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let peer = match stream.peer_addr() {
            Ok(peer) => peer.ip().to_canonical(),
            Err(error) => return ready(Err(error)),
        };
        let is_proxy = self.proxies.iter().any(|network| network.contains(&peer));
        let of_network = if is_proxy { self.most } else { self.of_network };
        let Some(counted) = self.census.admit(peer, self.most, of_network) else {
            return ready(Err(Error::other("too many connections")));
        };
        let progress = Arc::new(Progress::new(self.patience));
        let mut stream = TimeoutStream::new(stream);
        // HTTP/1 does not read while it cannot write.
        stream.set_write_timeout(Some(self.patience.idle));
        let tracked = Tracked {
            inner: service,
            progress: progress.clone(),
        };
        ready(Ok((Watched::new(stream, progress, counted), tracked)))
    }
}
