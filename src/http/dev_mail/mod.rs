//! The development mailbox: what was mailed, as its recipients would see it. Never in production.

mod handlers;

pub(super) use handlers::routes;
