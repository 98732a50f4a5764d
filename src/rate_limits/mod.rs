//! Rate limits (GCRA).
//!
//! Invariant: an address that has no account is limited like one that has.

mod action;
mod limiter;
mod local;
mod outage;
mod shared;

pub(crate) use action::Action;
pub(crate) use limiter::RateLimits;
