//! `gatehouse config`

use std::error::Error;
use std::io::Write;

use crate::config::Config;

/// Prints the effective settings.
pub(super) fn print(config: &Config) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for line in config.shown() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
