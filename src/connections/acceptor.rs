//! Accepts connections within the limits.

use std::future::{Ready, ready};
use std::io::{Error, Result};
use std::sync::Arc;

use axum_server::accept::Accept;
use ipnet::IpNet;
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;

use super::limiter::ConnectionLimiter;
use super::progress::{Progress, Timeouts};
use super::service::TrackedService;
use super::stream::TimedStream;
use crate::config::Config;

/// Closes connections beyond the limits, and those without progress.
#[derive(Clone)]
pub(crate) struct LimitingAcceptor {
    limiter: Arc<ConnectionLimiter>,
    /// Networks from which many clients come through one address.
    proxies: Vec<IpNet>,
    pub(super) timeouts: Timeouts,
}

impl LimitingAcceptor {
    /// Returns the acceptor of one listener for at most `max_connections`, of them `max_per_network` from one network, with
    /// the other limits as configured.
    pub(crate) fn new(config: &Config, (max_connections, max_per_network): (usize, usize)) -> Self {
        let head = config.listen.header_timeout;
        let request = config.limits.request_timeout;
        Self {
            limiter: Arc::new(ConnectionLimiter::new(
                max_connections,
                config
                    .listen
                    .max_connections_per_network
                    .min(max_per_network),
            )),
            proxies: config.listen.trusted_proxies.clone(),
            timeouts: Timeouts {
                idle: head + request,
                stalled: head * 6 + request,
            },
        }
    }
}

impl<S> Accept<TcpStream, S> for LimitingAcceptor {
    type Stream = TimedStream;
    type Service = TrackedService<S>;
    type Future = Ready<Result<(TimedStream, TrackedService<S>)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let peer = match stream.peer_addr() {
            Ok(peer) => peer.ip().to_canonical(),
            Err(error) => return ready(Err(error)),
        };
        let is_proxy = self.proxies.iter().any(|network| network.contains(&peer));
        let Some(permit) = self.limiter.admit(peer, is_proxy) else {
            return ready(Err(Error::other("too many connections")));
        };
        let progress = Arc::new(Progress::new(self.timeouts));
        let mut stream = TimeoutStream::new(stream);
        // An HTTP/1 connection is not read, and its deadline not checked, while a write is pending.
        stream.set_write_timeout(Some(self.timeouts.idle));
        let service = TrackedService::new(service, progress.clone());
        ready(Ok((TimedStream::new(stream, progress, permit), service)))
    }
}
