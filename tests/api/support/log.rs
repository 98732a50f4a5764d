//! What the service logs about a request.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, Once, PoisonError};

use serde_json::Value;
use tracing_subscriber::EnvFilter;

use super::Reply;

/// The lines of all instances of this process, by the id of the request that they are about.
static LINES: Mutex<BTreeMap<String, Vec<Value>>> = Mutex::new(BTreeMap::new());

/// Starts keeping what is logged. Once for all tests: a process has one log.
pub(super) fn keep_log() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let log = tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .with_env_filter(EnvFilter::new("gatehouse=debug"))
            .with_writer(|| Lines)
            .finish();
        tracing::subscriber::set_global_default(log).unwrap();
    });
}

/// The lines about the request that `reply` answers, in their order.
pub(crate) fn log_of(reply: &Reply) -> Vec<Value> {
    let id = reply.headers["x-request-id"].to_str().unwrap();
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.get(id).cloned().unwrap_or_default()
}

struct Lines;

impl io::Write for Lines {
    /// Gets one whole line at a time.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let event: Value = serde_json::from_slice(line)?;
        if let Some(id) = event["span"]["id"].as_str() {
            let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
            lines.entry(id.to_owned()).or_default().push(event);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
