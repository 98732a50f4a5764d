//! How often the same thing may be asked for from one place (GCRA), and how often in a row a password may be
//! wrong.
//!
//! Owns `login_failures`. Invariants: nobody is limited by what strangers elsewhere do, so an account counts together with the
//! network that asks, never alone; an address that has no account counts like one that has.

mod action;
mod limiter;
mod lockout;
mod outage;
mod owned;
mod shared;

pub(crate) use action::Action;
pub(crate) use limiter::RateLimits;
pub(crate) use lockout::{LockedOut, Lockout, Subject, clear, sweep};
pub(crate) use owned::{count, export, forget};
