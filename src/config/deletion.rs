//! Settings of account deletion and retention.

use chrono::TimeDelta;

use super::reader::Reader;

/// Account deletion and retention.
#[derive(Clone, Debug)]
pub struct Deletion {
    /// The time between request and removal. Removal must be complete within 24 hours, so at most 23.
    pub grace: TimeDelta,
    /// How long security events are kept.
    pub event_retention: TimeDelta,
}

impl Deletion {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let grace = reader.span("GATEHOUSE_DELETION_GRACE", "0s", "23h");
        let event_retention = reader.span("GATEHOUSE_EVENT_RETENTION", "1d", "3650d");
        Some(Self {
            grace: grace?,
            event_retention: event_retention?,
        })
    }
}
