//! The GraphQL API: a translation layer with one folder for each feature.
//!
//! A resolver reads the request, calls the operation of its name and converts the outcome into the types of the schema.
//! Doc comments here are the schema's descriptions and speak to the API's user. This layer uses neither `SeaORM` nor
//! the entities.

mod accounts;
mod connections;
mod context;
mod documents;
mod errors;
#[cfg(any(test, fuzzing))]
pub(crate) mod invariants;
mod limits;
mod mutation;
mod objects;
mod personal_data;
mod query;
mod request_context;
mod scalars;
mod schema;
mod second_factors;
mod sessions;
mod token_delivery;
mod validation;

pub(crate) use documents::{Document, DocumentError, Documents};
pub(crate) use errors::{INTERNAL_MESSAGE, UNAVAILABLE_FOR, UNAVAILABLE_MESSAGE, code};
pub(crate) use limits::LimitExceeded;
pub(crate) use objects::{FactorsOnce, PreviewOnce, session_loader};
pub(crate) use request_context::RequestContext;
pub(crate) use schema::{ApiSchema, build, sdl};
pub(crate) use token_delivery::{CookieChange, TokenDelivery};
pub(crate) use validation::OperationName;
