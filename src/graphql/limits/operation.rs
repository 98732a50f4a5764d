//! Selects the operation of a document (GraphQL October 2021, section 6.1).

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};

/// Returns the operation named `name`, or the only one; `None` if it is ambiguous. The parser stores a single named
/// operation as one of several.
pub(crate) fn chosen_operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(&operation.node),
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.get(name).map(|operation| &operation.node)
        }
        (DocumentOperations::Multiple(operations), None) => operations
            .values()
            .next()
            .filter(|_| operations.len() == 1)
            .map(|operation| &operation.node),
    }
}
