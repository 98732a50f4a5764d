//! The API: one folder that mirrors the features and translates, nothing else.
//!
//! Resolvers read the request, call the operation of their name and put its outcome into the contract's
//! words. Doc comments here are the schema's descriptions and speak to the API's user. Knows neither
//! `SeaORM` nor the tables.

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
mod scalars;
mod schema;
mod sessions;
mod token_delivery;

pub(crate) use context::RequestContext;
pub(crate) use documents::{Document, DocumentError, Documents};
pub(crate) use errors::{INTERNAL_MESSAGE, UNAVAILABLE_FOR, UNAVAILABLE_MESSAGE, code};
pub(crate) use limits::LimitExceeded;
pub(crate) use objects::{PreviewOnce, session_loader};
pub(crate) use schema::{ApiSchema, build, sdl};
pub(crate) use token_delivery::{CookieChange, TokenDelivery};
