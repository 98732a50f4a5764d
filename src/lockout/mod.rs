//! The lockout after failed sign-ins, and the devices and networks that an account knows.
//!
//! Owns `login_failures` and `known_devices`. Invariant: failures of strangers never lock the devices and networks that
//! an account knows out of it.

mod attempt;
mod failures;
mod known_devices;
mod personal_data;
mod recognition;
mod waits;

pub(crate) use attempt::{Attempt, LockedOut, Lockout, Subject};
pub(crate) use failures::{clear, lock, sweep};
pub(crate) use known_devices::{DeviceToken, forget_devices, sweep_devices};
pub(crate) use personal_data::{count, count_devices, export, export_devices, forget};
pub(crate) use recognition::Recognition;
