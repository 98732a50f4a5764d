//! How many connections there are, in all and of each network.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::client::Client;

/// How often a refusal is said at most.
const REMINDER: Duration = Duration::from_secs(10);

/// Counts connections.
#[derive(Debug, Default)]
pub(super) struct Census {
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    of_networks: HashMap<String, usize>,
    said_at: Option<Instant>,
}

/// One that was counted. It counts until this is dropped.
#[derive(Debug)]
pub(super) struct Counted {
    census: Arc<Census>,
    network: String,
}

impl Census {
    /// Counts one more from `peer`, unless there would be more than `most` in all, or than `of_network` of its
    /// network.
    pub(super) fn admit(
        self: &Arc<Self>,
        peer: IpAddr,
        most: usize,
        of_network: usize,
    ) -> Option<Counted> {
        let network = Client::new(Some(peer), None).network();
        let mut counts = self.counts();
        let here = counts.of_networks.get(&network).copied().unwrap_or(0);
        let is_full = counts.all >= most;
        if is_full || here >= of_network {
            let now = Instant::now();
            if counts.said_at.is_none_or(|at| now - at >= REMINDER) {
                counts.said_at = Some(now);
                let reason = if is_full {
                    "too_many"
                } else {
                    "too_many_of_network"
                };
                tracing::warn!(reason, network, "connection refused: too many");
            }
            return None;
        }
        counts.all += 1;
        counts.of_networks.insert(network.clone(), here + 1);
        drop(counts);
        Some(Counted {
            census: self.clone(),
            network,
        })
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.census.counts();
        counts.all = counts.all.saturating_sub(1);
        let here = counts.of_networks.get(&self.network).copied().unwrap_or(0);
        if here > 1 {
            counts.of_networks.insert(self.network.clone(), here - 1);
        } else {
            counts.of_networks.remove(&self.network);
        }
    }
}
