//! Passkeys: adding, using and removing them.

mod add;
mod enroll;
mod names;
mod reauthenticate;
mod second_step;
mod sign_in;
mod stage;
mod states;
