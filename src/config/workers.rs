//! Settings of the background workers.

use std::time::Duration;

use super::reader::Reader;

/// Background workers.
#[derive(Clone, Debug)]
pub struct Workers {
    /// The pause between two turns of a worker.
    pub interval: Duration,
}

impl Workers {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let interval = reader.duration("GATEHOUSE_WORKER_INTERVAL", "100ms", "15s");
        Some(Self {
            interval: interval?,
        })
    }
}
