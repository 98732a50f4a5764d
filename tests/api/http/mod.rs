//! GraphQL over HTTP, health, and what stands around them.

mod client_address;
mod cors;
mod documents;
mod faults;
mod graphql;
mod heads;
mod health;
mod lost_redis;
mod persisted_queries;
mod playground;
#[cfg(feature = "redis-tests")]
mod shared_limits;
mod slow_clients;
mod tls;
mod trusted_documents;
