//! docs/reference/cli.md, from the definition of the command line.

use std::fmt::Write as _;

use clap::CommandFactory as _;
use gatehouse::cli::Cli;

use super::assert_current;

const INTRODUCTION: &str = "\
# Command line

Every command but `schema` reads the same [settings](settings.md) as the service. Commands log to standard error and print to
standard output. They exit with 0 on success, with 1 on failure, and with 2 if the command line is invalid.
";

/// The help of `command` and, after it, of its subcommands.
fn describe(command: &mut clap::Command, text: &mut String) {
    let name = command
        .get_bin_name()
        .unwrap_or(command.get_name())
        .to_owned();
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    write!(text, "\n## {name}\n\n```text\n{}\n```\n", lines.join("\n")).unwrap();
    for subcommand in command.get_subcommands_mut() {
        if subcommand.get_name() != "help" {
            describe(subcommand, text);
        }
    }
}

#[test]
fn cli_reference_is_current() {
    let mut command = Cli::command().term_width(100);
    command.build();
    let mut text = INTRODUCTION.to_owned();
    describe(&mut command, &mut text);
    assert_current("cli.md", &text);
}
