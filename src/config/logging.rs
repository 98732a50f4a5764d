//! Settings of the log.

use tracing_subscriber::EnvFilter;

use super::reader::Reader;

/// The log.
#[derive(Clone, Debug)]
pub struct Logging {
    /// A filter of the `tracing` kind, such as `info` or `gatehouse=debug`.
    pub filter: String,
    /// Text for people, or a JSON object for each line.
    pub format: LogFormat,
}

/// The format of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Text for a terminal.
    Text,
    /// JSON for a log collector.
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
