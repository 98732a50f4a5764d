//! What the tests stand on: an application, its database, and clients that call it.

mod app;
mod client;
mod database;
mod reply;
mod user;

pub(crate) use app::TestApp;
pub(crate) use client::Client;
pub(crate) use database::TestDatabase;
pub(crate) use reply::{Reply, winners};
pub(crate) use user::{PASSWORD, SignedUp};
