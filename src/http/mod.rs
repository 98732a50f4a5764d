//! HTTP: two routers, the API's and the administrator's, and their middleware.
//!
//! Uses GraphQL as a schema to execute, and of the features only authentication.

mod admin;
mod client_address;
mod cookies;
mod credential;
mod dev_mail;
mod front_end;
mod graphql;
mod internal_error;
#[cfg(any(test, fuzzing))]
pub(crate) mod invariants;
mod jwks;
mod middleware;
mod playground;
mod router;

pub(crate) use playground::is_built as graphiql_is_built;
pub(crate) use router::{admin_router, api_router};
