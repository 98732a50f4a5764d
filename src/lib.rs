//! Gatehouse: the user-management service that a team puts in front of its application.
//!
//! The layers, outermost first; each may use those behind it, never those before it:
//!
//! - [`cli`]: the commands of the binary.
//! - [`server`]: binds, serves, runs the workers, shuts down.
//! - `http`: the handler for GraphQL, the well-known documents, health and metrics.
//! - `graphql`: the API. Translates between the contract and the operations.
//! - `personal_data`, `accounts`, `sessions`: the features, one operation a file. They decide.
//! - [`app`]: the parts, put together.
//! - `passwords`, `tokens`, `mail`, `security_events`, `rate_limits`: what features build on.
//! - `jobs`: the queue that `mail` delivers from.
//! - `db`, [`clock`], [`entropy`], [`config`]: the ground.
//!
//! `docs/contribute/architecture.md` has the reasons; `tests/architecture.rs` enforces the layers.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod entropy;
pub mod server;

/// Only for fuzzing and the replay of its corpora.
#[cfg(any(test, fuzzing))]
pub mod fuzzing;

/// Returns what `/metrics` prints in a process that has done nothing, for the reference.
pub fn metrics_of_new_process() -> Result<String, std::fmt::Error> {
    metrics::Metrics::of_new_process()
}

pub(crate) mod accounts;
pub(crate) mod client;
pub(crate) mod connections;
pub(crate) mod db;
pub(crate) mod errors;
pub(crate) mod factors;
pub(crate) mod graphql;
pub(crate) mod http;
pub(crate) mod jobs;
pub(crate) mod lockout;
pub(crate) mod mail;
pub(crate) mod metrics;
pub(crate) mod passwords;
pub(crate) mod personal_data;
pub(crate) mod private_files;
pub(crate) mod rate_limits;
pub(crate) mod secret;
pub(crate) mod secret_file;
pub(crate) mod security_events;
pub(crate) mod sessions;
pub(crate) mod tls;
pub(crate) mod tokens;
mod traces;
pub(crate) mod webauthn;
pub(crate) mod workers;
