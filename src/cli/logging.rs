//! Starting the log.

use std::error::Error;
use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, Logging};

/// Starts logging to standard error with the given settings. Standard output is reserved for the output of commands.
pub(super) fn start(config: &Logging) -> Result<(), Box<dyn Error>> {
    // By default, hide what the libraries log about each migration at every start.
    let quiet = "sea_orm_migration=warn,sqlx::postgres::notice=warn";
    let filter = EnvFilter::try_new(format!("{quiet},{}", config.filter))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        // The subscriber prints its own errors to standard error, and panics if that is closed: requests would fail,
        // and SIGTERM would not stop the process.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    match config.format {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    Ok(())
}
