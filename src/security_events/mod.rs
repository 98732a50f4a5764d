//! The security events of an account, shown to its owner: sign-ins, failed attempts, changes.
//!
//! Owns `security_events`. Invariant: an event is written in the transaction of the change that it records.

mod actor;
mod bound;
mod event;
mod list;
mod personal_data;
mod record;
mod registration;
mod sweep;

pub(crate) use actor::Actor;
pub(crate) use bound::{find_excess, trim};
pub(crate) use event::{EventKind, SecurityEvent};
pub(crate) use list::{happened_since, list_security_events};
pub(crate) use personal_data::{count, export, forget};
pub(crate) use record::{NewEvent, record};
pub(crate) use registration::find_registration;
pub(crate) use sweep::sweep;
