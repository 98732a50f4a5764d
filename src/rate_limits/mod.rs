//! Rate limits (GCRA), and the lockout after failed sign-ins.
//!
//! Owns `login_failures` and `known_devices`. Invariants: nothing that strangers elsewhere do closes an account to
//! the devices and networks that it knows; an address that has no account is limited like one that has.

mod action;
mod known_devices;
mod limiter;
mod local;
mod lockout;
mod outage;
mod personal_data;
mod shared;
mod waits;

pub(crate) use action::Action;
pub(crate) use known_devices::{DeviceToken, forget_devices, sweep_devices};
pub(crate) use limiter::RateLimits;
pub(crate) use lockout::{Attempt, LockedOut, Lockout, clear, sweep};
pub(crate) use personal_data::{count, count_devices, export, export_devices, forget, lock};
