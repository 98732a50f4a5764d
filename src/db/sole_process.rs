//! Prevents a second process from serving one SQLite file. State inside the process, such as the queue of writers and
//! recently revoked tokens, would be unknown to the other.

use std::fs::{File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use secrecy::ExposeSecret as _;
use tokio::time::sleep;

use super::connect::{ConnectError, IN_USE};
use crate::config;
use crate::private_files;

/// How often to check whether the other process has ended.
const POLL: Duration = Duration::from_millis(50);

/// The exclusive right to serve a database. Ends when dropped, or with the process.
#[derive(Debug)]
pub(crate) struct SoleProcess(#[expect(dead_code, reason = "holds the lock")] Option<File>);

impl SoleProcess {
    /// Waits up to the connection timeout for another process to end, which may be stopping. Locks nothing on
    /// `PostgreSQL`. The lock has a file of its own, because SQLite's locks end when any descriptor of the database is
    /// closed.
    pub(crate) async fn claim(config: &config::Database) -> Result<Self, ConnectError> {
        let Some(path) = sqlite_file(config.url.expose_secret()) else {
            return Ok(Self(None));
        };
        let path = PathBuf::from(format!("{}.lock", path.display()));
        let give_up_at = Instant::now() + config.timeout;
        loop {
            match lock(&path) {
                Ok(file) => return Ok(Self(Some(file))),
                Err(TryLockError::WouldBlock) if Instant::now() < give_up_at => sleep(POLL).await,
                Err(TryLockError::WouldBlock) => {
                    let owner = std::fs::read_to_string(&path).unwrap_or_default();
                    let cause = format!("another Gatehouse ({}) {IN_USE}", owner.trim());
                    return Err(ConnectError::new(config, cause));
                }
                Err(TryLockError::Error(error)) => {
                    let cause = format!("{} cannot be locked: {error}", path.display());
                    return Err(ConnectError::new(config, cause));
                }
            }
        }
    }
}

fn lock(path: &Path) -> Result<File, TryLockError> {
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        private_files::make_folder(folder).map_err(TryLockError::Error)?;
    }
    let mut file = private_files::open_file(path).map_err(TryLockError::Error)?;
    file.try_lock()?;
    let written = file
        .set_len(0)
        .and_then(|()| writeln!(file, "process {}", std::process::id()));
    written.map_err(TryLockError::Error)?;
    Ok(file)
}

/// Returns the file of an SQLite URL, or `None` for `PostgreSQL` and databases in memory.
pub(super) fn sqlite_file(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?.trim_start_matches("//");
    let path = path.split('?').next().unwrap_or_default();
    (!path.is_empty() && path != ":memory:").then(|| Path::new(path))
}
