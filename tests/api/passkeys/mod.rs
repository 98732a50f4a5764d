//! Passkeys: adding, using and removing them.

mod add;
mod enroll;
mod names;
mod reauthenticate;
mod recover;
mod remove;
mod second_step;
mod sign_in;
mod stage;
mod states;
mod switched_off;
