//! The attacks that docs/security/attacks/ lists, each tried against a real server.

mod graphql;
mod peers;
mod timing;
mod tokens;
