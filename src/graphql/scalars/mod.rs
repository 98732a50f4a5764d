//! The scalars of the contract.

mod date_time;
mod email_address;
mod json;
mod url;

pub(super) use date_time::DateTime;
pub(super) use email_address::EmailAddress;
pub(super) use json::Json;
pub(super) use url::Url;
