//! `gatehouse schema`

use std::error::Error;
use std::io::Write;

/// Prints the schema.
pub(super) fn print() -> Result<(), Box<dyn Error>> {
    Ok(std::io::stdout().write_all(crate::graphql::sdl().as_bytes())?)
}
