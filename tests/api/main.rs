//! How Gatehouse behaves, through HTTP, against a real server on a real database.
//!
//! SQLite by default; PostgreSQL where `TEST_DATABASE_URL` names a server that may create databases.
//! The bodies are the same.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod access;
mod accounts;
mod attacks;
mod http;
mod mail;
mod newer_version;
mod passkeys;
mod personal_data;
mod process;
mod schema;
mod second_factors;
mod security_events;
mod sessions;
mod stored_secrets;
mod support;
mod workers;
