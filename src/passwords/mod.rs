//! Passwords: the policy and the storage.
//!
//! Independent of users and sessions. Invariant: every bcrypt round and every strength estimate runs on the threads of
//! [`pool`], never on those that handle requests.

mod dummies;
mod hasher;
#[cfg(any(test, fuzzing))]
pub(crate) mod invariants;
mod pace;
mod policy;
mod pool;
mod queue;
mod stored;
mod survey;

pub(crate) use hasher::{PasswordHasher, Verdict};
pub(crate) use policy::{PasswordError, Policy, ValidPassword};
pub(crate) use stored::StoredPassword;
