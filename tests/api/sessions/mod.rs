//! Sessions and their tokens.

mod authenticate;
mod list;
mod logout;
mod refresh_session;
mod revoke_session;
mod signing_keys;
