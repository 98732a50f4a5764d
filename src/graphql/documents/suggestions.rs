//! Suggests the field that a developer may have meant if the framework suggests none: it counts two swapped letters as
//! two edits, so that a short name gets no suggestion.

use async_graphql::ServerError;
use async_graphql::registry::Registry;

/// No field of the schema is as long; comparing a longer name would only take time.
const MAX_NAME_CHARACTERS: usize = 64;

/// Adds a suggestion to each error about an unknown field that has none. Does nothing if suggestions are disabled.
pub(in crate::graphql) fn add_suggestions(errors: &mut [ServerError], registry: &Registry) {
    if !registry.enable_suggestions {
        return;
    }
    for error in errors {
        if let Some(field) = meant(&error.message, registry) {
            error.message = format!("{} Did you mean \"{field}\"?", error.message);
        }
    }
}

/// Returns the most similar field of the type, if at most a third of its letters differ.
fn meant<'a>(message: &str, registry: &'a Registry) -> Option<&'a str> {
    let (name, of) = message
        .strip_prefix("Unknown field \"")?
        .strip_suffix("\".")?
        .split_once("\" on type \"")?;
    if name.len() > MAX_NAME_CHARACTERS {
        return None;
    }
    let most = (name.len() / 3).max(1);
    let fields = registry.types.get(of)?.fields()?;
    fields
        .keys()
        .map(|field| (strsim::damerau_levenshtein(name, field), field.as_str()))
        .filter(|(edits, _)| *edits <= most)
        .min()
        .map(|(_, field)| field)
}
