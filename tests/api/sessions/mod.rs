//! Sessions and their tokens.

mod authenticate;
mod authenticated_at;
mod list;
mod logout;
mod looked_up_together;
mod lost_answers;
mod refresh_session;
mod revoke_session;
mod signing_keys;
