//! Passkeys: adding, using and removing them.

mod add;
mod enroll;
mod names;
mod stage;
