//! Accounts: registering, signing in, the password and the profile.
//!
//! Owns `users`. Invariants: an address and a username belong to one account, and the database's unique
//! indexes decide it; no password hash leaves this module; every change is one transaction, conditional on
//! what was checked before it began.

mod change_password;
mod email_address;
mod login;
mod owned;
mod profile_changes;
mod profile_fields;
mod queries;
mod reauthenticate;
mod register;
mod update_profile;
mod user;
mod username;

pub(crate) use change_password::{
    ChangePassword, ChangePasswordProblem, PasswordChanged, change_password,
};
pub(crate) use email_address::EmailAddress;
pub(crate) use login::{Login, LoginProblem, SignedIn, login};
pub(crate) use owned::{count, forget, schedule_deletion};
pub(crate) use profile_changes::Change;
pub(crate) use queries::find_user;
pub(crate) use reauthenticate::{Reauthenticated, reauthenticate};
pub(crate) use register::{Register, RegisterProblem, register};
pub(crate) use update_profile::{UpdateProfile, UpdateProfileProblem, update_profile};
pub(crate) use user::User;
