//! GraphiQL, for developers: as `playground/` builds it, or from a CDN where it was not built.

mod files;
mod routes;

pub(crate) use routes::is_built;
pub(super) use routes::routes;
