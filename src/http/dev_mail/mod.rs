//! The development mailbox: shows sent emails as recipients see them. Never in production.

mod handlers;

pub(super) use handlers::routes;
