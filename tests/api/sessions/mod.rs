//! Sessions and their tokens.

mod authenticate;
mod list;
mod logout;
mod refresh_session;
mod revoke;
mod signing_keys;
