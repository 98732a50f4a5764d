//! The settings: where they come from, what they take, and how they are shown.
//!
//! The only place that reads the environment, once. [`Config::load`] is pure: expected the variables and
//! the text of the settings file, and collects every fault before it gives up. `settings.rs` is the table
//! of all settings; each area below reads its own.

mod accounts;
mod address;
mod cross_origin;
mod database;
mod deletion;
mod environment;
mod fault;
mod front_end;
#[cfg(any(test, fuzzing))]
pub(crate) mod invariants;
mod layers;
mod limits;
mod listen;
mod load;
mod logging;
mod mail;
mod passwords;
mod protection;
mod rate_limits;
mod reader;
mod settings;
mod tokens;
mod workers;

pub use accounts::{Accounts, EmailVerification};
pub use database::{Database, PoolMode};
pub use deletion::Deletion;
pub use fault::{Fault, Faults};
pub use front_end::FrontEndSecrets;
pub use limits::Limits;
pub use listen::{ForwardedHeader, Listen, Tls};
pub use load::{Config, Profile};
pub use logging::{LogFormat, Logging};
pub use mail::{Mail, MailTransport, SmtpSecurity};
pub use passwords::Passwords;
pub use protection::Unprotected;
pub use rate_limits::{Quota, RateLimits};
pub use tokens::{SigningAlgorithm, Tokens};
pub use workers::Workers;
