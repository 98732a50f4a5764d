//! How often the background work looks for something to do.

use std::time::Duration;

use super::reader::Reader;

/// Background work.
#[derive(Clone, Debug)]
pub struct Workers {
    /// Pause between two looks at what is due.
    pub interval: Duration,
    /// Whether the first look is at the start, rather than a pause later.
    pub at_start: bool,
}

impl Workers {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let interval = reader.duration("GATEHOUSE_WORKER_INTERVAL", "100ms", "15s");
        Some(Self {
            interval: interval?,
            at_start: true,
        })
    }
}
