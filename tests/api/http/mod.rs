//! GraphQL over HTTP, health, and what stands around them.

mod client_address;
mod cors;
mod documents;
mod faults;
mod graphql;
mod health;
mod panics;
mod playground;
#[cfg(feature = "redis-tests")]
mod shared_limits;
mod slow_clients;
mod tls;
