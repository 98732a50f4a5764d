//! Passwords: what is acceptable, and how they are kept.
//!
//! Knows no user and no session. Invariant: every bcrypt round, and every strength estimate, runs on the
//! threads of [`pool`], never on those that answer requests.

mod dummies;
mod hasher;
#[cfg(any(test, fuzzing))]
pub(crate) mod invariants;
mod policy;
mod pool;
mod stored;
mod survey;

pub(crate) use hasher::{PasswordHasher, Verdict};
pub(crate) use policy::{Acceptable, PasswordError, Policy};
pub(crate) use stored::StoredPassword;
