//! How often the same thing may be asked for from one place (GCRA).
//!
//! Invariants: nobody is limited by what strangers elsewhere do, so an account counts together with the
//! network that asks, never alone; an address that has no account counts like one that has.

mod action;
mod limiter;
mod network;

pub(crate) use action::Action;
pub(crate) use limiter::RateLimits;
