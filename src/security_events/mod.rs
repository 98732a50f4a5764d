//! What happened to an account, for its owner to see: sign-ins, failed attempts, changes.
//!
//! Owns `security_events`. Invariant: an event is written in the transaction of what it tells of.

mod event;
mod list;
mod owned;
mod record;
mod sweep;

pub(crate) use event::{EventKind, SecurityEvent};
pub(crate) use list::{Position, list_security_events};
pub(crate) use owned::{count, forget};
pub(crate) use record::{NewEvent, record};
pub(crate) use sweep::sweep;
