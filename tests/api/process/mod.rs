//! The binary itself: starting, stopping, its commands and what it says.

mod backup;
mod commands;
#[cfg(target_os = "linux")]
mod disk_faults;
mod export;
mod indexes;
mod launch;
mod log;
mod mails;
mod migrations;
#[cfg(feature = "pooler-tests")]
mod pooler;
mod protection;
mod refusals;
mod secrets;
mod start;
mod stop;
mod together;
mod traces;
mod users;
mod workers;
