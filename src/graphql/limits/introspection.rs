//! Detects introspection in a document.

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

/// Returns whether a field of any operation or fragment is `__schema` or `__type`. `__typename` is none of these:
/// clients add it to every selection.
pub(crate) fn asks_about_schema(document: &ExecutableDocument) -> bool {
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).any(is_in)
}

/// Spreads are ignored, because every fragment is checked separately.
fn is_in(set: &SelectionSet) -> bool {
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => {
            matches!(field.node.name.node.as_str(), "__schema" | "__type")
                || is_in(&field.node.selection_set.node)
        }
        Selection::FragmentSpread(_) => false,
        Selection::InlineFragment(fragment) => is_in(&fragment.node.selection_set.node),
    })
}
