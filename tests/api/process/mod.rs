//! The binary itself: starting, stopping, its commands and what it says.

mod commands;
mod launch;
mod mails;
mod refusals;
mod start;
