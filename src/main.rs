//! The `gatehouse` binary: parses the command, runs it, and reports why it failed in one line.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

// A request allocates some hundred times. Measured by `bench/me`: bench/README.md.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match gatehouse::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Unlike eprintln!, does not panic if standard error is closed.
            drop(writeln!(std::io::stderr(), "gatehouse: {error}"));
            ExitCode::FAILURE
        }
    }
}
