//! The `gatehouse` binary: parses the command, runs it, says in one line why it failed.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;

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
