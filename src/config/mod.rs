//! The settings: where they come from, what they take, and how they are shown.
//!
//! The only place that reads the environment, once. [`Config::load`] is pure: it takes the variables and
//! the text of the settings file, and collects every error before it returns. `settings.rs` is the table
//! of all settings; each area below reads its own.

mod accounts;
mod address;
mod cross_origin;
mod database;
mod deletion;
mod environment;
mod error;
mod factors;
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
mod profile;
mod protection;
mod rate_limits;
mod reader;
mod settings;
mod tokens;
mod traces;
mod workers;

pub use accounts::{Accounts, EmailVerification};
pub use database::{Database, PoolMode, Replica};
pub use deletion::Deletion;
pub use error::{ConfigError, ConfigErrors};
pub use factors::{Factors, Passkeys, SecondFactorPolicy};
pub use front_end::FrontEndSecrets;
pub use limits::Limits;
pub use listen::{ForwardedHeader, Listen, Tls};
pub use load::Config;
pub use logging::{LogFormat, Logging};
pub use mail::{Mail, MailTransport, SmtpSecurity};
pub use passwords::Passwords;
pub use profile::Profile;
pub use protection::Unprotected;
pub use rate_limits::{Quota, RateLimits};
pub use tokens::{SigningAlgorithm, Tokens};
pub use traces::{Sampling, TraceEncoding, Traces};
pub use workers::Workers;
