//! The commands of the binary, one file each.

mod backup;
mod command;
mod export;
mod health;
mod keys;
mod logging;
mod migrate;
mod schema;
mod serve;
mod show_config;
mod users;

pub use command::Cli;
