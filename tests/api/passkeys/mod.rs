//! Passkeys: adding, using and removing them.

mod add;
mod at_once;
mod bounds;
mod ceremonies;
mod cookies;
mod counters;
mod enroll;
mod foreign;
mod hostile;
mod malformed;
mod names;
mod origins;
mod races;
mod reauthenticate;
mod recover;
mod remove;
mod second_step;
mod sign_in;
mod stage;
mod states;
mod switched_off;
mod tampered_rows;
