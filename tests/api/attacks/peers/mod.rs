//! What went wrong in comparable systems, tried here.

mod identifiers;
mod input;
mod limits;
mod links;
mod passwords;
mod races;
mod secrets;
mod steps;
mod takeover;
