//! What the tests stand on: an application, its database, and clients that call it.

mod app;
mod authenticator;
mod client;
mod collector;
mod database;
mod dump;
mod factor_client;
mod log;
mod mails;
mod passkey;
mod passkey_client;
mod plans;
mod reply;
mod rows;
mod smtp;
mod totp;
mod user;

pub(crate) use app::{TestApp, settings};
pub(crate) use authenticator::{Authenticator, CeremonyError};
pub(crate) use client::Client;
pub(crate) use collector::{Collector, attribute};
#[cfg(feature = "pooler-tests")]
pub(crate) use database::through;
pub(crate) use database::{TestDatabase, connect, through_pooler};
pub(crate) use dump::{db_dump, dump_of};
pub(crate) use factor_client::{WithApp, challenge_of, enrolled_secret};
pub(crate) use log::log_of;
pub(crate) use mails::Mail;
pub(crate) use passkey::{EDDSA, ES256, RS256, encode};
pub(crate) use plans::scans;
pub(crate) use reply::{Reply, winners};
pub(crate) use rows::{columns_of, count_rows, cure, insert_rows, poison};
pub(crate) use smtp::{Manner, Security, SmtpServer};
pub(crate) use totp::code as totp_code;
pub(crate) use user::{PASSWORD, SignedUp};
