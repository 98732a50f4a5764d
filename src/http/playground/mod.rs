//! GraphiQL, for developers: the one that `playground/` builds, or from a CDN if it was not built.

mod files;
mod routes;

pub(crate) use routes::is_built;
pub(super) use routes::routes;
