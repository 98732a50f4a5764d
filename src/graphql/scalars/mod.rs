//! The scalars of the contract.

mod date_time;
mod email_address;
mod url;

pub(super) use date_time::DateTime;
pub(super) use email_address::EmailAddress;
pub(super) use url::Url;
