//! Every setting: its variable, its default, whether it is a secret, and its description.
//!
//! `just reference` writes docs/reference/settings.md from these files; a test compares the two. The doc comment of a
//! table is its section's heading and introduction, the doc comment of a setting its description.

mod accounts;
mod api;
mod factors;
mod rate_limits;
mod service;
mod setting;
mod storage;
mod tables;

pub(crate) use setting::Setting;
use setting::{by_profile, plain, secret, settings};
pub(crate) use tables::all;
