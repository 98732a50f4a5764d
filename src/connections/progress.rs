//! What gets anywhere on one connection.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How long a connection is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// While no request is under way: since the last one ended.
    pub(crate) idle: Duration,
    /// While one is: since its head was read, until its answer was taken whole.
    pub(crate) answer: Duration,
}

/// The requests of one connection.
#[derive(Debug)]
pub(super) struct Progress {
    patience: Patience,
    requests: Mutex<Requests>,
}

#[derive(Debug)]
struct Requests {
    begun: u64,
    /// When each of those under way began.
    under_way: BTreeMap<u64, Instant>,
    ended_at: Instant,
}

/// A request under way. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct UnderWay {
    progress: Arc<Progress>,
    number: u64,
}

impl Progress {
    pub(super) fn new(patience: Patience) -> Self {
        Self {
            patience,
            requests: Mutex::new(Requests {
                begun: 0,
                under_way: BTreeMap::new(),
                ended_at: Instant::now(),
            }),
        }
    }

    /// Notes that a request begins.
    pub(super) fn begin(self: &Arc<Self>) -> UnderWay {
        let mut requests = self.requests();
        requests.begun += 1;
        let number = requests.begun;
        requests.under_way.insert(number, Instant::now());
        drop(requests);
        UnderWay {
            progress: self.clone(),
            number,
        }
    }

    /// Until when it is waited for, as things stand.
    pub(super) fn deadline(&self) -> Instant {
        let requests = self.requests();
        match requests.under_way.values().next() {
            Some(oldest) => *oldest + self.patience.answer,
            None => requests.ended_at + self.patience.idle,
        }
    }

    /// How often it makes sense to look at the deadline.
    pub(super) fn interval(&self) -> Duration {
        self.patience.idle
    }

    fn requests(&self) -> MutexGuard<'_, Requests> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut requests = self.progress.requests();
        requests.under_way.remove(&self.number);
        requests.ended_at = Instant::now();
    }
}
