//! The schema, with its framework limits.

use std::collections::HashSet;
use std::sync::Arc;

use async_graphql::connection::Connection;
use async_graphql::registry::{MetaTypeName, Registry};
use async_graphql::{EmptySubscription, OutputType, SDLExportOptions, Schema, SchemaBuilder};

use super::connections::Cursor;
use super::documents::Documents;
use super::errors::UserError;
use super::mutation::Mutation;
use super::objects::{SecurityEvent, Session};
use super::query::Query;
use super::validation::Validation;
use crate::app::App;

/// The executable API.
pub(crate) type ApiSchema = Schema<Query, Mutation, EmptySubscription>;

/// Builds the API over `app` with the known `documents`.
pub(crate) fn build(app: Arc<App>, documents: Arc<Documents>) -> ApiSchema {
    let limits = app.config.limits.clone();
    let mut schema = types()
        // Checked earlier, separately from introspection fields.
        .limit_depth(limits.max_depth.max(limits.max_introspection_depth))
        .limit_complexity(limits.max_complexity)
        .limit_directives(limits.max_directives)
        .extension(Validation(documents));
    if !limits.introspection {
        schema = schema.disable_introspection().disable_suggestions();
    }
    schema.data(app).finish()
}

/// Returns the schema as text, equal to `schema.graphql`.
pub(crate) fn sdl() -> String {
    let options = SDLExportOptions::new().prefer_single_line_descriptions();
    types().finish().sdl_with_options(options)
}

/// Returns the names of the fields of queries and mutations.
pub(super) fn root_fields() -> HashSet<String> {
    let mut registry = Registry::default();
    let roots = [
        <Query as OutputType>::create_type_info(&mut registry),
        <Mutation as OutputType>::create_type_info(&mut registry),
    ];
    let fields = roots.iter().filter_map(|name| {
        let name = MetaTypeName::concrete_typename(name);
        registry.types.get(name)?.fields()
    });
    fields.flat_map(|fields| fields.keys().cloned()).collect()
}

fn types() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query, Mutation::default(), EmptySubscription)
        .register_output_type::<UserError>()
        .override_output_type_description::<Connection<Cursor, Session>>("A page of sessions.")
        .override_output_type_description::<Connection<Cursor, SecurityEvent>>("A page of events.")
}
