//! What is logged, and in which form.

use tracing_subscriber::EnvFilter;

use super::reader::Reader;

/// The log.
#[derive(Clone, Debug)]
pub struct Logging {
    /// A filter of the `tracing` kind, such as `info` or `gatehouse=debug`.
    pub filter: String,
    /// One line of text for people, or one JSON object for machines.
    pub format: LogFormat,
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For a terminal.
    Text,
    /// For a log collector.
    Json,
}

impl Logging {
    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let filter = reader.parsed(
            "GATEHOUSE_LOG",
            "error, warn, info, debug, trace, or a filter such as gatehouse=debug,info",
            |text| EnvFilter::try_new(text).is_ok().then(|| text.to_owned()),
        );
        let format = reader.choice(
            "GATEHOUSE_LOG_FORMAT",
            &[("text", LogFormat::Text), ("json", LogFormat::Json)],
        );
        Some(Self {
            filter: filter?,
            format: format?,
        })
    }
}
