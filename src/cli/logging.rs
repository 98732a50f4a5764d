//! Starting the log.

use std::error::Error;
use std::io::{self, BufWriter, IsTerminal, Stderr, Write, stderr};
use std::thread::sleep;
use std::time::Duration;

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, Logging};

/// The maximum number of lines that wait to be written. A request that logs one more waits.
const MAX_WAITING: usize = 8_192;

/// How long lines are gathered before they are written.
const GATHER: Duration = Duration::from_millis(5);

/// Writes what waits to be written when it is dropped.
pub(super) struct Log(#[expect(dead_code, reason = "dropped")] WorkerGuard);

/// Starts logging to standard error with the given settings. Standard output is reserved for the output of commands.
pub(super) fn start(config: &Logging) -> Result<Log, Box<dyn Error>> {
    // By default, hide what the libraries log about each migration at every start, and about each attempt to export.
    let quiet = "sea_orm_migration=warn,sqlx::postgres::notice=warn,opentelemetry=off,opentelemetry_sdk=off,opentelemetry_otlp=off";
    let filter = EnvFilter::try_new(format!("{quiet},{}", config.filter))?;
    // By a thread of its own: requests wait for no system call.
    let (writer, worker) = NonBlockingBuilder::default()
        .lossy(false)
        .buffered_lines_limit(MAX_WAITING)
        .thread_name("log")
        .finish(Gathering(BufWriter::with_capacity(1 << 16, stderr())));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(stderr().is_terminal())
        // The subscriber prints its own errors to standard error, and panics if that is closed: requests would fail,
        // and SIGTERM would not stop the process.
        .log_internal_errors(false)
        .with_writer(writer);
    match config.format {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    Ok(Log(worker))
}

/// Standard error. The thread that writes the log flushes when no line waits any more; a pause before that saves it from
/// being woken for each line, and most of the system calls.
struct Gathering(BufWriter<Stderr>);

impl Write for Gathering {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write(line)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "on the thread that writes the log"
    )]
    fn flush(&mut self) -> io::Result<()> {
        sleep(GATHER);
        self.0.flush()
    }
}
