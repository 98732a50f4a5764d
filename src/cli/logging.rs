//! Starting the log.

use std::error::Error;
use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, Logging};

/// Logs to standard error as the settings say; standard output is for what a command prints.
pub(super) fn start(config: &Logging) -> Result<(), Box<dyn Error>> {
    // What the libraries say of each migration at every start is nobody's need; a filter that asks for it
    // gets it.
    let quiet = "sea_orm_migration=warn,sqlx::postgres::notice=warn";
    let filter = EnvFilter::try_new(format!("{quiet},{}", config.filter))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        // The subscriber prints its own errors to standard error, and panics if that is closed: requests would fail, and
        // SIGTERM would not stop the process.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    match config.format {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    Ok(())
}
