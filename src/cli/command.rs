//! The command line: which command, and running it.

use std::error::Error;
use std::future::Future;

use clap::{Parser, Subcommand};

use super::{backup, export, health, keys, logging, migrate, schema, serve, show_config, users};
use crate::config::Config;
use crate::db::is_missing;
use crate::traces;

/// User management for applications: accounts, sign-in and sessions over GraphQL.
#[derive(Debug, Parser)]
#[command(name = "gatehouse", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service (the default).
    Serve,
    /// Migrate the database to the newest schema, then exit.
    Migrate(migrate::Migrate),
    /// Print the GraphQL schema.
    Schema,
    /// Print the effective settings, with secrets masked, and the source of each.
    Config,
    /// List or rotate the keys that sign access tokens.
    Keys {
        #[command(subcommand)]
        action: keys::Action,
    },
    /// Help users who have lost access to their account.
    Users {
        #[command(subcommand)]
        action: users::Action,
    },
    /// Copy the SQLite database to a file while the service runs.
    Backup(backup::Backup),
    /// Export all data of an account to a JSON file of any size.
    Export(export::Export),
    /// Check whether the service with these settings is ready.
    Health(health::Health),
}

impl Cli {
    /// Runs the command to its end.
    pub fn run(self) -> Result<(), Box<dyn Error>> {
        match self.command.unwrap_or(Command::Serve) {
            Command::Schema => schema::print(),
            Command::Serve => logged(serve::serve),
            Command::Migrate(arguments) => {
                logged(async |config| migrate::migrate(arguments, config).await)
            }
            Command::Config => show_config::print(&Config::from_environment()?),
            Command::Keys { action } => logged(|config| keys::run(action, config)),
            Command::Users { action } => logged(async |config| {
                require_database(&config)?;
                Box::pin(users::run(action, config)).await
            }),
            Command::Backup(arguments) => logged(async |config| {
                require_database(&config)?;
                backup::backup(arguments, config).await
            }),
            Command::Export(arguments) => logged(async |config| {
                require_database(&config)?;
                Box::pin(export::export(arguments, config)).await
            }),
            Command::Health(arguments) => {
                block_on(health::ask(arguments, &Config::from_environment()?))
            }
        }
    }
}

/// Loads the settings and runs a command with the log started.
fn logged<F>(command: impl FnOnce(Config) -> F) -> Result<(), Box<dyn Error>>
where
    F: Future<Output = Result<(), Box<dyn Error>>>,
{
    let config = Config::from_environment()?;
    let _log = logging::start(&config.logging)?;
    let _traces = config.traces.as_ref().map(traces::start).transpose()?;
    block_on(command(config))
}

/// Fails if there is no database. Commands that copy stored data must not create an empty one.
fn require_database(config: &Config) -> Result<(), Box<dyn Error>> {
    if is_missing(&config.database) {
        return Err(format!(
            "the database {} does not exist: there is nothing to back up or to export\n  Check DATABASE_URL and \
             the working directory. `gatehouse migrate` creates a new database.",
            config.database.shown_url
        )
        .into());
    }
    Ok(())
}

fn block_on<F>(command: F) -> Result<(), Box<dyn Error>>
where
    F: Future<Output = Result<(), Box<dyn Error>>>,
{
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(command)
}
