//! Tests of GraphQL over HTTP, health checks and the routes around them.

mod answers;
mod away;
mod client_address;
mod cookie_lines;
mod cookies;
mod cors;
mod documents;
mod faults;
mod framing;
mod graphql;
mod heads;
mod health;
mod limits;
mod lost_redis;
mod metrics;
mod panics;
mod parameters;
mod persisted_queries;
mod playground;
mod refresh_cookie;
mod replica;
#[cfg(feature = "redis-tests")]
mod shared_limits;
mod slow_clients;
mod storage_faults;
mod suggestions;
mod tls;
mod trusted_documents;
