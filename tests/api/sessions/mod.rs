//! Sessions and their tokens.

mod authenticate;
mod authenticated_at;
mod list;
mod logout;
mod lost_answers;
mod refresh_session;
mod revoke_session;
mod signing_keys;
