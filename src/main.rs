//! The `gatehouse` binary: parses the command, runs it, says in one line why it failed.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match gatehouse::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gatehouse: {error}");
            ExitCode::FAILURE
        }
    }
}
