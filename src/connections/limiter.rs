//! Limits how many connections are open, in total and per network.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::client::Client;

/// The shortest time between two log lines about rejected connections.
const LOG_INTERVAL: Duration = Duration::from_secs(10);

/// Counts the open connections of one listener.
#[derive(Debug)]
pub(super) struct ConnectionLimiter {
    max: usize,
    max_per_network: usize,
    open: Mutex<OpenConnections>,
}

#[derive(Debug, Default)]
struct OpenConnections {
    total: usize,
    per_network: HashMap<String, usize>,
    logged_at: Option<Instant>,
}

/// The right to one open connection, returned when it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    limiter: Arc<ConnectionLimiter>,
    network: String,
}

impl ConnectionLimiter {
    pub(super) fn new(max: usize, max_per_network: usize) -> Self {
        Self {
            max,
            max_per_network,
            open: Mutex::default(),
        }
    }

    /// Returns a permit for a connection from `peer`, unless a limit is reached. For a trusted proxy only the total
    /// limit applies.
    pub(super) fn admit(self: &Arc<Self>, peer: IpAddr, is_proxy: bool) -> Option<Permit> {
        let network = Client::new(Some(peer), None).network();
        let mut open = self.open();
        let from_network = open.per_network.get(&network).copied().unwrap_or(0);
        let is_full = open.total >= self.max;
        if is_full || (!is_proxy && from_network >= self.max_per_network) {
            let now = Instant::now();
            if open.logged_at.is_none_or(|at| now - at >= LOG_INTERVAL) {
                open.logged_at = Some(now);
                let reason = if is_full {
                    "too_many"
                } else {
                    "too_many_from_network"
                };
                tracing::warn!(reason, network, "connection rejected: too many");
            }
            return None;
        }
        open.total += 1;
        open.per_network.insert(network.clone(), from_network + 1);
        drop(open);
        Some(Permit {
            limiter: self.clone(),
            network,
        })
    }

    fn open(&self) -> MutexGuard<'_, OpenConnections> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut open = self.limiter.open();
        open.total = open.total.saturating_sub(1);
        let from_network = open.per_network.get(&self.network).copied().unwrap_or(0);
        if from_network > 1 {
            open.per_network
                .insert(self.network.clone(), from_network - 1);
        } else {
            open.per_network.remove(&self.network);
        }
    }
}
