//! The progress of one connection, and the deadline that follows from it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How long a connection stays open without progress.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeouts {
    /// While no request is in progress: since the last one ended. After an upgrade: since the client's last byte.
    pub(crate) idle: Duration,
    /// While one is: since it began, or since the client accepted the last part of its response.
    pub(crate) stalled: Duration,
}

/// The requests of one connection.
#[derive(Debug)]
pub(super) struct Progress {
    timeouts: Timeouts,
    requests: Mutex<Requests>,
}

#[derive(Debug)]
struct Requests {
    begun: u64,
    /// When each of those in progress last moved.
    moved_at: BTreeMap<u64, Instant>,
    idle_since: Instant,
    is_upgraded: bool,
}

/// A request in progress. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct OpenRequest {
    progress: Arc<Progress>,
    number: u64,
}

impl Progress {
    pub(super) fn new(timeouts: Timeouts) -> Self {
        Self {
            timeouts,
            requests: Mutex::new(Requests {
                begun: 0,
                moved_at: BTreeMap::new(),
                idle_since: Instant::now(),
                is_upgraded: false,
            }),
        }
    }

    /// Records that a request begins.
    pub(super) fn begin(self: &Arc<Self>) -> OpenRequest {
        let mut requests = self.requests();
        requests.begun += 1;
        let number = requests.begun;
        requests.moved_at.insert(number, Instant::now());
        drop(requests);
        OpenRequest {
            progress: self.clone(),
            number,
        }
    }

    /// Records that the connection now speaks another protocol, whose requests are not seen here.
    pub(super) fn upgrade(&self) {
        self.requests().is_upgraded = true;
    }

    /// Records that bytes came from the client.
    pub(super) fn received(&self) {
        let mut requests = self.requests();
        if requests.is_upgraded {
            requests.idle_since = Instant::now();
        }
    }

    /// Returns when the connection is closed, unless there is progress until then. One request without progress is
    /// enough, whatever the others on the connection do.
    pub(super) fn deadline(&self) -> Instant {
        let requests = self.requests();
        match requests.moved_at.values().min() {
            Some(moved_at) => *moved_at + self.timeouts.stalled,
            None => requests.idle_since + self.timeouts.idle,
        }
    }

    /// Returns how often the deadline needs to be checked.
    pub(super) fn interval(&self) -> Duration {
        self.timeouts.idle
    }

    fn requests(&self) -> MutexGuard<'_, Requests> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenRequest {
    /// Records that the client accepted a part of the response.
    pub(super) fn moved(&self) {
        let mut requests = self.progress.requests();
        requests.moved_at.insert(self.number, Instant::now());
    }
}

impl Drop for OpenRequest {
    fn drop(&mut self) {
        let mut requests = self.progress.requests();
        requests.moved_at.remove(&self.number);
        requests.idle_since = Instant::now();
    }
}
